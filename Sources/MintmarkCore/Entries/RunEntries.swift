// SPDX-License-Identifier: Apache-2.0

/// An attempt on the unit in a slot began.
package struct RunOpen: EntryPayload {
    package static let type = EntryType.runOpen
    package static let fields = [
        EntryField("kind", .text, "kind of station: label, config, verify"),
        EntryField("template", .text, "name of the template's folder"),
        EntryField("deployment", .text, "dev or field"),
        EntryField("region", .text, "us, cn or eu"),
        EntryField("dry_run", .boolean, "true: nothing is saved on the unit, nothing is registered"),
    ]

    package let kind: StationKind
    package let template: String
    package let deployment: String
    package let region: String
    package let isDryRun: Bool

    package init(kind: StationKind, template: String, deployment: String, region: String, isDryRun: Bool) {
        self.kind = kind
        self.template = template
        self.deployment = deployment
        self.region = region
        self.isDryRun = isDryRun
    }

    package var json: JSONObject {
        [
            "deployment": .string(deployment), "dry_run": .bool(isDryRun), "kind": .string(kind.rawValue),
            "region": .string(region), "template": .string(template),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            kind: try json.choice("kind"), template: try json.text("template"),
            deployment: try json.text("deployment"), region: try json.text("region"),
            isDryRun: json["dry_run"]?.bool ?? false)
    }
}

/// The attempt ended. With `outcome` pass this entry is the PASS.
package struct RunResult: EntryPayload {
    package static let type = EntryType.runResult
    package static let fields = [
        EntryField("outcome", .text, "pass, fail, blocked, error, aborted, indeterminate"),
        EntryField("error", .text, optional: true, "stable name of the failure, see errors"),
        EntryField("text", .text, optional: true, "the failure in one sentence"),
        EntryField("took", .integer, "duration in microseconds, by the monotonic clock"),
        EntryField("transcript", .text, optional: true, "SHA-256 of the masked transcript file, lower-case hex"),
        EntryField("record", .object, "the unit as a manufacturing log line tells it, see manufacturing log"),
    ]

    package let outcome: Outcome
    package let error: String?
    package let text: String?
    /// Microseconds.
    package let took: Int64
    package let transcript: String?
    package var record: ManufacturingRecord

    package init(
        outcome: Outcome, error: String? = nil, text: String? = nil, took: Int64, transcript: String?,
        record: ManufacturingRecord
    ) {
        self.outcome = outcome
        self.error = error
        self.text = text
        self.took = took
        self.transcript = transcript
        self.record = record
    }

    package var json: JSONObject {
        [
            "error": .text(error), "outcome": .string(outcome.rawValue), "record": .object(record.json),
            "text": .text(text), "took": .integer(took), "transcript": .text(transcript),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            outcome: try json.choice("outcome"), error: json.optionalText("error"), text: json.optionalText("text"),
            took: Int64(try json.integer("took")), transcript: json.optionalText("transcript"),
            record: try ManufacturingRecord(json: json["record"]?.object ?? [:]))
    }
}

/// A step that writes is about to begin.
package struct StepIntent: EntryPayload {
    package static let type = EntryType.stepIntent
    package static let fields = [
        EntryField("step", .text, "name of the step"),
        EntryField("writes", .text, "identity, secret or saved: what cannot be undone"),
    ]

    package let step: String
    package let writes: PlannedStep.Writes

    package init(step: String, writes: PlannedStep.Writes) {
        self.step = step
        self.writes = writes
    }

    package var json: JSONObject { ["step": .string(step), "writes": .string(writes.rawValue)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(step: try json.text("step"), writes: try json.choice("writes"))
    }
}

/// A step that writes ended.
package struct StepResult: EntryPayload {
    package enum Result: String, Sendable { case done, refused, doubtful }

    package static let type = EntryType.stepResult
    package static let fields = [
        EntryField("step", .text, "name of the step"),
        EntryField("result", .text, "done; refused: the unit said no; doubtful: it cannot be said"),
        EntryField("error", .text, optional: true, "stable name of the failure"),
    ]

    package let step: String
    package let result: Result
    package let error: String?

    package init(step: String, result: Result, error: String? = nil) {
        self.step = step
        self.result = result
        self.error = error
    }

    package var json: JSONObject {
        ["error": .text(error), "result": .string(result.rawValue), "step": .string(step)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            step: try json.text("step"), result: try json.choice("result"), error: json.optionalText("error"))
    }
}
