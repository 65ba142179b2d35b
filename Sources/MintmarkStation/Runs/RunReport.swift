// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What came of one run, after its result is in the ledger.
package struct RunReport: Sendable, Equatable {
    package let slot: String
    /// UUIDv7.
    package let run: String
    package let outcome: Outcome
    package let error: MintmarkError?
    package let record: ManufacturingRecord
    /// Registration that leaves by the outbox; nil when the run queued none.
    package let request: String?
    /// Microseconds.
    package let took: Int64
    /// What the comparison of the unit's twin came to, but for what is as expected; `verify` stations only.
    package let findings: [TwinFinding]

    package init(
        slot: String, run: String, outcome: Outcome, error: MintmarkError?, record: ManufacturingRecord,
        request: String?, took: Int64, findings: [TwinFinding] = []
    ) {
        self.slot = slot
        self.run = run
        self.outcome = outcome
        self.error = error
        self.record = record
        self.request = request
        self.took = took
        self.findings = findings
    }

    var json: JSONObject {
        [
            "dsn": .text(record.dsn?.description), "err_code": .number(record.errCode),
            "error": .text(error?.code.rawValue), "event": "run.finished",
            "findings": findings.isEmpty ? nil : .array(findings.map { .object($0.json) }),
            "hwsig": .text(record.hwsig?.description),
            "log": .string(ManufacturingLogLine.text(record)), "mac": .text(record.mac?.description),
            "next": .text(error?.next), "oem": .text(record.oemID), "oem_model": .text(record.oemModel),
            "outcome": .string(outcome.rawValue), "request": .text(request), "run": .string(run),
            "slot": .string(slot), "text": .text(error?.what), "time": .integer(record.time),
            "took": .integer(took),
        ]
    }
}
