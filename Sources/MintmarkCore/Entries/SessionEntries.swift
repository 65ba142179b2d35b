// SPDX-License-Identifier: Apache-2.0

/// Entry 0: the log itself.
package struct LogOpen: EntryPayload {
    package static let type = EntryType.logOpen
    package static let fields = [
        EntryField("kind", .text, "kind of station: label, config"),
        EntryField("format", .integer, "version of the ledger's file format"),
    ]

    package let kind: String
    package let format: Int

    package init(kind: String, format: Int) {
        self.kind = kind
        self.format = format
    }

    package var json: JSONObject { ["format": .number(format), "kind": .string(kind)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(kind: try json.text("kind"), format: try json.integer("format"))
    }
}

/// A process began to write.
package struct SessionOpen: EntryPayload {
    package static let type = EntryType.sessionOpen
    package static let fields = [
        EntryField("host", .text, "name of the machine"),
        EntryField("pid", .integer, "process id"),
        EntryField("binary", .text, "SHA-256 of the program file, lower-case hex"),
        EntryField("sqlite", .text, "version of the linked SQLite library"),
    ]

    package let host: String
    package let pid: Int
    package let binary: String
    package let sqlite: String

    package init(host: String, pid: Int, binary: String, sqlite: String) {
        self.host = host
        self.pid = pid
        self.binary = binary
        self.sqlite = sqlite
    }

    package var json: JSONObject {
        ["binary": .string(binary), "host": .string(host), "pid": .number(pid), "sqlite": .string(sqlite)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            host: try json.text("host"), pid: try json.integer("pid"), binary: try json.text("binary"),
            sqlite: try json.text("sqlite"))
    }
}

/// A process stopped writing in order.
package struct SessionClose: EntryPayload {
    package static let type = EntryType.sessionClose
    package static let fields: [EntryField] = []

    package init() {}

    package var json: JSONObject { [:] }

    package init(json: JSONObject) throws(MintmarkError) {}
}

/// The cloud said that it is a sandbox.
package struct SandboxMark: EntryPayload {
    package static let type = EntryType.sandboxMark
    package static let fields = [EntryField("host", .text, "host and port that answered")]

    package let host: String

    package init(host: String) { self.host = host }

    package var json: JSONObject { ["host": .string(host)] }

    package init(json: JSONObject) throws(MintmarkError) { self.init(host: try json.text("host")) }
}
