// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension AuditReport {
    /// Names and meanings are a promise to scripts, see docs/reference/audit-report.schema.json. Absent is omitted.
    package var json: JSONObject {
        var verification = verification.json
        // They stand in `log`.
        verification["log"] = nil
        verification["station"] = nil
        verification["meaning"] = .string(self.verification.verdict.meaning)
        verification["findings_count"] = .number(self.verification.findingCount)
        return [
            "aside": aside.map { .object($0.json { $0.json }) }, "burns": .object(events.burns.json { $0.json }),
            "clock_confirmations": .object(events.clockConfirmations.json { $0.json }),
            "clock_steps": .object(events.clockSteps.json { $0.json }),
            "dated_runs": .object(events.datedRuns.json { $0.json }), "dsns": account.map { .object($0.json) },
            "gaps": .texts(gaps), "head": head.map { .object($0.json) }, "log": .object(log.json),
            "made": .time(made), "overrides": .object(events.overrides.json { $0.json }),
            "report": .integer(Self.version), "returns": .object(events.returns.json { $0.json }),
            "runs": runs.map { .object($0.json) }, "scope": scope.map { .object($0.json) },
            "software": .string(software), "unanchored": window.map { .object($0.json) },
            "verification": .object(verification),
        ]
    }
}

extension JSONValue {
    /// ISO 8601, UTC, whole seconds.
    static func time(_ microseconds: Int64) -> JSONValue { .string(AuditReport.timeText(microseconds)) }

    static func time(_ microseconds: Int64?) -> JSONValue? { microseconds.map { .time($0) } }
}

extension AuditReport {
    /// `2026-03-17T09:30:00Z`
    static func timeText(_ microseconds: Int64) -> String { UTCTime.isoText(seconds: microseconds / 1_000_000) }
}

extension AuditReport.Log {
    fileprivate var json: JSONObject {
        [
            "entry_version": .integer(entryVersion), "file_version": .integer(fileVersion), "id": .string(id),
            "kind": .string(kind), "sandbox": .bool(!sandboxes.isEmpty), "sandboxes": .texts(sandboxes),
            "station": .string(station),
        ]
    }
}

extension AuditReport.Scope {
    fileprivate var json: JSONObject {
        [
            "entries": .integer(entries), "first": .number(first), "first_time": .time(firstTime),
            "last": .number(last), "last_time": .time(lastTime), "since": .time(period.since),
            "until": .time(period.until),
        ]
    }
}

extension AuditReport.Head {
    fileprivate var json: JSONObject {
        [
            "root": .string(root), "signatures": .array(signatures.map { .object($0.json) }), "signed": .time(signed),
            "size": .integer(size),
        ]
    }
}

extension AuditReport.Signature {
    fileprivate var json: JSONObject {
        [
            "check": .string(check.rawValue), "key_id": .string(keyID), "name": .string(name),
            "time": .time(time.map { $0 * 1_000_000 }),
        ]
    }
}

extension AuditReport.Runs {
    fileprivate var json: JSONObject {
        func tally(_ counts: [Outcome: Int64]) -> JSONObject {
            var object = JSONObject()
            for outcome in Outcome.allCases { object[outcome.rawValue] = .integer(counts[outcome] ?? 0) }
            return object
        }
        return [
            "dry": .object(tally(dryRuns)), "ended": .integer(ended), "open": .integer(open),
            "outcomes": .object(tally(counts)), "yield_of": .integer(judged),
        ]
    }
}

extension AuditReport.Aside {
    fileprivate var json: JSONObject {
        [
            "entry": .integer(entry), "interrupted": .bool(isInterrupted), "reason": .string(reason),
            "time": .time(time), "unit": .string(unit),
        ]
    }
}

extension AuditEvents.Act {
    fileprivate var json: JSONObject {
        [
            "actor": .string(actor), "entry": .integer(entry), "reason": .string(reason), "subject": .string(subject),
            "time": .time(time), "unit": .text(unit),
        ]
    }
}

extension AuditEvents.ClockStep {
    fileprivate var json: JSONObject {
        [
            "entry": .integer(entry), "expected": .time(expected), "found": .time(found), "step_us": .integer(step),
            "time": .time(time),
        ]
    }
}

extension AuditEvents.ClockConfirmation {
    fileprivate var json: JSONObject {
        [
            "actor": .string(actor), "entry": .integer(entry), "found": .time(found), "shown": .time(shown),
            "time": .time(time),
        ]
    }
}

extension AuditEvents.DatedRun {
    fileprivate var json: JSONObject {
        [
            "dated": .string(UTCTime.isoText(seconds: dated)), "entry": .integer(entry), "lost": .bool(isLost),
            "time": .time(time), "unit": .string(unit), "was": .string(UTCTime.isoText(seconds: was)),
        ]
    }
}

extension AuditList {
    fileprivate func json(_ row: (Row) -> JSONObject) -> JSONObject {
        ["count": .integer(count), "rows": .array(rows.map { .object(row($0)) })]
    }
}

extension DSNAccount {
    fileprivate var json: JSONObject {
        var object: JSONObject = [
            "balanced": .bool(isBalanced), "line": .string(description), "reserved": .number(reserved),
        ]
        for state in DSNRecord.State.allCases { object[state.rawValue] = .number(count(of: state)) }
        return object
    }
}

extension UnanchoredWindow {
    fileprivate var json: JSONObject {
        [
            "entries": .integer(unsigned), "seconds": .integer(unsignedSeconds),
            "unwitnessed_entries": .integer(unwitnessed), "unwitnessed_seconds": .integer(unwitnessedSeconds),
        ]
    }
}
