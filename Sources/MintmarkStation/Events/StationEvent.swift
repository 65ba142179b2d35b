// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a station tells while it works: the JSON lines of `--json` and the progress on a terminal.
package enum StationEvent: Sendable {
    /// A run began in a slot.
    case runOpened(slot: String, run: String)
    case stepStarted(slot: String, run: String, step: String, number: Int, of: Int)
    /// A run ended and the ledger holds its result.
    case runFinished(RunReport)
    /// A slot could not be worked on; nothing was written anywhere.
    case slotFailed(slot: String, MintmarkError)
    /// The cloud's state of a registration is known, or is known to be unknown.
    case badge(dsn: DSN, request: String, UnitRecord.Badge, text: String?)
    /// Something a person should read.
    case notice(String)
    /// The unit in the slot has to be changed before the next run.
    case waiting(slot: String)
}

extension StationEvent {
    /// The event as one JSON line, see docs/reference/events.schema.json. Names and meanings are a promise to scripts.
    package var json: JSONObject {
        switch self {
        case .runOpened(let slot, let run):
            ["event": "run.opened", "run": .string(run), "slot": .string(slot)]
        case .stepStarted(let slot, let run, let step, let number, let count):
            [
                "event": "step.started", "number": .number(number), "of": .number(count), "run": .string(run),
                "slot": .string(slot), "step": .string(step),
            ]
        case .runFinished(let report): report.json
        case .slotFailed(let slot, let error):
            [
                "error": .string(error.code.rawValue), "event": "slot.failed", "next": .string(error.next),
                "slot": .string(slot), "text": .string(error.what),
            ]
        case .badge(let dsn, let request, let badge, let text):
            [
                "badge": .string(badge.rawValue), "dsn": .string(dsn.description), "event": "badge",
                "request": .string(request), "text": .text(text),
            ]
        case .notice(let text): ["event": "notice", "text": .string(text)]
        case .waiting(let slot): ["event": "slot.waiting", "slot": .string(slot)]
        }
    }
}
