// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

/// A page of docs/reference that is made from the code.
struct ReferencePage {
    let name: String
    let text: String

    static var all: [ReferencePage] {
        get throws {
            [
                ReferencePage(name: "command-line.md", text: commandLine),
                ReferencePage(name: "exit-status.md", text: exitStatus),
                ReferencePage(name: "errors.md", text: errors),
                ReferencePage(name: "entries.md", text: entries),
                ReferencePage(name: "csv.md", text: csv),
                ReferencePage(name: "cloud-reactions.md", text: reactions),
                ReferencePage(name: "cloud-services.md", text: "# Cloud services\n\n" + mark + CloudServicesPage.body),
                ReferencePage(name: "csv.schema.json", text: try CSVSchema.text),
            ]
        }
    }

    static let mark = "<!-- Made by `mintmark docs generate`; do not edit. -->\n\n"

    private static var commandLine: String {
        var text = "# Command line\n\n" + mark
        for (path, command) in commands(of: Mintmark.self, path: ["mintmark"]) {
            text +=
                "## \(path.joined(separator: " "))\n\n```\n\(Mintmark.helpMessage(for: command, columns: 110))\n```\n\n"
        }
        return String(text.dropLast())
    }

    private static func commands(
        of command: any ParsableCommand.Type, path: [String]
    ) -> [([String], any ParsableCommand.Type)] {
        [(path, command)]
            + command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.flatMap {
                commands(of: $0, path: path + [$0._commandName])
            }
    }

    private static var exitStatus: String {
        let rows = ExitStatus.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }.joined(separator: "\n")
        return """
            # Exit status

            \(mark)| Status | Meaning |
            |---|---|
            \(rows)

            With several units the first of 130, 40, 20, 11, 12, 10 that applies.

            """
    }

    private static var errors: String {
        let rows = MintmarkError.Code.allCases.map {
            "| `\($0.rawValue)` | \($0.exitStatus.rawValue) | \($0.outcome.rawValue) |"
        }.joined(separator: "\n")
        return """
            # Errors

            \(mark)Every error has a name that never changes, one sentence that says what happened, and the next action. The name stands
            in the ledger and in JSON lines. Where the manufacturing log has a number for the failure (`err_code`, field 5), it is
            shown behind the name.

            | Name | Exit status | Outcome of the run it ends |
            |---|---|---|
            \(rows)

            """
    }

    private static var csv: String {
        var text = """
            # CSV

            \(mark)Fields are quoted by RFC 4180, lines end with CR LF, texts are UTF-8. Columns keep their names and order; new ones come
            last. [csv.schema.json](csv.schema.json) says the same for programs (W3C, CSV on the Web).

            No field is a formula in a spreadsheet: wherever a text would begin with `= + - @`, TAB or CR, also behind blanks or
            quotes, an apostrophe stands in front of that character. The same holds behind `;`, TAB and line ends inside a text.
            The entries themselves (`jsonl`) are not changed by this.

            """
        for table in CSVTable.allCases {
            text += "\n## \(table.rawValue)-csv\n\n\(table.meaning)\n\n| Column | Kind | Meaning |\n|---|---|---|\n"
            for column in table.columns {
                text +=
                    "| `\(column.name)` | \(column.kind.word)\(column.isOptional ? ", may be empty" : "") | \(column.meaning) |\n"
            }
        }
        return text
    }

    private static var entries: String {
        var text = """
            # Ledger entries

            \(mark)An entry is one line of JSON in the form of RFC 8785: no fractions, names in order, absent fields left out, at most
            \(Entry.maximumSize) bytes. Times are microseconds since 1970 UTC. The envelope of version \(Entry.version):

            | Field | Meaning |
            |---|---|
            | `v`, `log`, `seq` | version of the envelope, random id of the log, number of the entry from 0 without gaps |
            | `t`, `boot`, `mono`, `clk` | wall time, boot id of the machine, monotonic time inside that boot, synced, unsynced, or stepped: the clock was set back, and `t` stands still until it has caught up |
            | `station`, `sw` | name of the station; version of the software and start of its binary's SHA-256 |
            | `actor`, `role` | operator id, or the part of the station that acted by itself; role where one was needed |
            | `run`, `slot`, `attempt` | UUIDv7 of the run, where it was, how manyth on this unit |
            | `unit` | DSN; before there is one the hardware signature, else the MAC address |
            | `batch`, `order`, `lot`, `carton` | what the unit belongs to |
            | `template` | SHA-256 of the resolved template |
            | `ref` | numbers of earlier entries that this one answers |
            | `type`, `body` | one of the types below with its fields |

            """
        for type in EntryType.allCases {
            text += "\n## \(type.rawValue)\n\n\(type.meaning).\n"
            let fields = type.payload.fields
            if fields.isEmpty { continue }
            text += "\n| Field | Kind | Meaning |\n|---|---|---|\n"
            for field in fields {
                text +=
                    "| `\(field.name)` | \(field.kind.rawValue)\(field.isOptional ? ", may be absent" : "") | \(field.meaning) |\n"
            }
        }
        return text
    }
}

extension CSVColumn.Kind {
    fileprivate var word: String {
        switch self {
        case .text, .words, .pattern: "text"
        case .integer: "integer"
        case .time: "time"
        case .flag: "0 or 1"
        }
    }
}
