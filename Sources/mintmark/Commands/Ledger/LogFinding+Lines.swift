// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger

extension LogFinding {
    /// For people; nothing of a log reaches the terminal unprintable.
    var lines: [String] {
        switch self {
        case .differs(let line, let run, let differences):
            differences.map {
                "line \(line.number), \(run.record.unitName): \($0.field) is \(Self.quoted($0.log)) in the log, "
                    + "\(Self.quoted($0.ledger)) in the ledger"
            }
        case .noRun(let line):
            ["line \(line.number), \(line.record.unitName): the ledger has no such run (\(line.record.event))"]
        case .repeats(let line, let run, let first):
            ["line \(line.number), \(run.record.unitName): tells again of the run of line \(first)"]
        case .unreadable(let number, let what): ["line \(number): cannot be read: \(what)"]
        case .noLine(let run):
            ["run \(run.run), \(run.record.unitName): the log has no line (\(run.record.event), \(run.region))"]
        case .remark(let number, let what): ["line \(number): \(what) (no difference)"]
        }
    }

    var json: JSONObject {
        switch self {
        case .differs(let line, let run, let differences):
            [
                "differences": .array(
                    differences.map {
                        .object(["field": .string($0.field), "ledger": .string($0.ledger), "log": .string($0.log)])
                    }),
                "dsn": .text(run.record.dsn?.description), "finding": "differs", "line": .number(line.number),
                "run": .string(run.run),
            ]
        case .noRun(let line):
            [
                "dsn": .text(line.record.dsn?.description), "finding": "no-run", "line": .number(line.number),
                "mac": .text(line.record.mac?.description), "status": .string(line.record.status.rawValue),
                "time": .integer(line.record.time),
            ]
        case .repeats(let line, let run, let first):
            [
                "dsn": .text(run.record.dsn?.description), "finding": "repeats", "first": .number(first),
                "line": .number(line.number), "run": .string(run.run),
            ]
        case .unreadable(let number, let what):
            ["finding": "unreadable", "line": .number(number), "text": .string(what)]
        case .noLine(let run):
            [
                "dsn": .text(run.record.dsn?.description), "finding": "no-line", "region": .string(run.region),
                "run": .string(run.run), "status": .string(run.record.status.rawValue),
                "time": .integer(run.record.time),
            ]
        case .remark(let number, let what): ["finding": "remark", "line": .number(number), "text": .string(what)]
        }
    }

    private static func quoted(_ text: String) -> String {
        text.isEmpty ? "empty" : "\"\(PrintableText.of(text, limit: 255))\""
    }
}

extension ManufacturingRecord {
    /// What a person calls the unit.
    fileprivate var unitName: String { dsn?.description ?? mac.map { "MAC \($0)" } ?? "a unit without DSN and MAC" }

    fileprivate var event: String {
        "\(status.rawValue)\(errCode == 0 ? "" : " with error \(errCode)"), \(UTCTime.logText(seconds: time))"
    }
}

extension LogCheckReport {
    var shown: [String] {
        var shown = [
            "\(lines) lines: \(agreeing) agree, \(differing) differ, \(withoutRun) without a run, \(repeating) repeated, "
                + "\(unreadable) cannot be read",
            "\(runsWithoutLine) runs without a line",
        ]
        if !ofOthers.isEmpty {
            let words = statuses.map { "\(ofOthers[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
            shown.append("not compared, as only other stations write them: \(words)")
        }
        shown.append(isAgreeing ? "AGREES: the log tells what the ledger tells" : "DIFFERS")
        return shown
    }

    var json: JSONObject {
        var others = JSONObject()
        for status in statuses { others[status.rawValue] = .number(ofOthers[status]) }
        return [
            "agreeing": .number(agreeing), "agrees": .bool(isAgreeing), "differing": .number(differing),
            "finding": "summary", "lines": .number(lines), "others": .object(others), "repeating": .number(repeating),
            "runs_without_line": .number(runsWithoutLine), "setup_keys": .number(setupKeys),
            "unreadable": .number(unreadable), "without_run": .number(withoutRun),
        ]
    }

    private var statuses: [ManufacturingRecord.Status] {
        ManufacturingRecord.Status.allCases.filter { ofOthers[$0] != nil }
    }
}
