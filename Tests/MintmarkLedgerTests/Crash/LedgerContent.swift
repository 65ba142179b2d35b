// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// Everything that questions to a ledger file answer, read without our code.
struct LedgerContent: Equatable {
    /// Rows of the entries by number; nil for one that cannot be read.
    private(set) var entries: [Int64: String?] = [:]
    /// The same rows as a pass over the table shows them, up to where it can go: a lookup of a sound row fails when
    /// its search meets a damaged neighbour.
    private(set) var passed: [Int64: String] = [:]
    /// Of `entries`, what the tree holds them by.
    private(set) var leaves: [Int64: String?] = [:]
    /// Rows of each other table; nil when it cannot be read.
    private(set) var tables: [String: [String]?] = [:]

    /// `last` is the highest number to ask for.
    init(_ path: String, last: Int64) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        queue.inDatabase { database in
            for sequence in 0...last {
                let rows = try? Row.fetchAll(database, sql: "SELECT * FROM entry WHERE seq = ?", arguments: [sequence])
                entries[sequence] = rows.map { $0.map(Self.text).joined() }
                leaves[sequence] = rows.map {
                    $0.map { "\($0["body"] as DatabaseValue)\($0["leaf"] as DatabaseValue)" }.joined()
                }
            }
            if let rows = try? Row.fetchCursor(database, sql: "SELECT * FROM entry ORDER BY seq") {
                while let row = try? rows.next() { passed[row["seq"], default: ""] += Self.text(row) }
            }
            for table in Self.names {
                tables[table] = (try? Row.fetchAll(database, sql: "SELECT * FROM \(table)"))?.map(Self.text)
            }
        }
        try queue.close()
    }

    static let names = [
        "log", "root", "node", "head", "dsn", "unit", "run", "outbox", "reserve", "archive", "counter", "sandbox",
    ]

    /// The lowest entry that is another than in `before`, however it is asked for; nil when all are the same.
    func firstChange(from before: LedgerContent) -> Int64? {
        before.entries.keys.filter { entries[$0] != before.entries[$0] && passed[$0] != before.passed[$0] }.min()
    }

    /// Whether the last tile of entries is another than in `before`.
    func hasOtherEnd(than before: LedgerContent) -> Bool {
        before.leaves.keys.contains { $0 >= 256 && leaves[$0] != before.leaves[$0] }
    }

    /// Whether all its entries, and there are some, are the first ones of `whole`.
    func isBeginning(of whole: LedgerContent) -> Bool {
        !entries.isEmpty && entries.allSatisfy { $0.value != nil && whole.entries[$0.key] == $0.value }
    }

    func differences(from before: LedgerContent) -> String {
        "entry \(firstChange(from: before) ?? -1), \(Self.names.filter { tables[$0] != before.tables[$0] })"
    }

    /// Number of the page where a table begins, counted from 1.
    static func topPage(of table: String, in path: String) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read {
            try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table]) ?? 0
        }
    }

    private static func text(_ row: Row) -> String {
        row.map { "\($0.0)=\($0.1.databaseValue.storage)" }.joined(separator: "|")
    }
}
