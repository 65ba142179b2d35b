// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What was decided on a unit that was set aside.
package struct Resolution: Sendable, Equatable {
    package enum Verdict: String, Sendable { case released, kept, burned }

    package let slot: String
    /// Hardware signature, else MAC address.
    package let hardware: String
    /// The unit's DSN before the decision.
    package let dsn: DSN?
    package let verdict: Verdict
    /// Why it was kept.
    package let objections: [String]
    package let readBack: ReadBack
    /// Registration that leaves once more by the outbox.
    package let request: String?

    package init(
        slot: String, hardware: String, dsn: DSN?, verdict: Verdict, objections: [String], readBack: ReadBack,
        request: String?
    ) {
        self.slot = slot
        self.hardware = hardware
        self.dsn = dsn
        self.verdict = verdict
        self.objections = objections
        self.readBack = readBack
        self.request = request
    }

    /// The decision as one JSON line, see docs/reference/events.schema.json.
    package var json: JSONObject {
        [
            "dsn": .text(dsn?.description), "event": "unit.resolved", "hardware": .string(hardware),
            "objections": .texts(objections), "read_back": .object(readBack.json), "request": .text(request),
            "slot": .string(slot), "verdict": .string(verdict.rawValue),
        ]
    }
}
