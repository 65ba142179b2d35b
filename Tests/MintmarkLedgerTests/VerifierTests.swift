// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("LedgerVerifier", .timeLimit(.minutes(1)))
struct VerifierTests {
    /// A change behind the writer's back, the first entry it spoils, and a piece of what the report says.
    struct Tampering: Sendable, CustomStringConvertible {
        let sql: String
        let firstBad: Int64?
        let says: String
        var description: String { sql }
    }

    static let tamperings = [
        Tampering(
            sql: "UPDATE entry SET body = replace(body, '\"op\"', '\"oq\"') WHERE seq = 300", firstBad: 300,
            says: "entry 300 is not what was committed"),
        Tampering(
            sql: "UPDATE entry SET leaf = zeroblob(32) WHERE seq = 300", firstBad: 300,
            says: "entry 300 is not what was committed"),
        Tampering(sql: "DELETE FROM entry WHERE seq = 300", firstBad: 300, says: "entries 300-300 are missing"),
        Tampering(sql: "DELETE FROM entry WHERE seq > 500", firstBad: 501, says: "are missing, although a root"),
        Tampering(sql: "DELETE FROM root WHERE size > 500", firstBad: 500, says: "no root was committed over"),
        Tampering(sql: "UPDATE root SET h = zeroblob(32) WHERE size = 400", firstBad: nil, says: "the root over 400"),
        Tampering(sql: "UPDATE entry SET unit = 'other' WHERE seq = 300", firstBad: 300, says: "column unit"),
        Tampering(sql: "UPDATE entry SET run = NULL WHERE seq = 300", firstBad: 300, says: "column run"),
        Tampering(sql: "UPDATE entry SET type = 'run.open' WHERE seq = 300", firstBad: 300, says: "column type"),
        Tampering(sql: "UPDATE entry SET t_us = t_us + 1 WHERE seq = 300", firstBad: 300, says: "column t_us"),
        Tampering(sql: "UPDATE node SET h = zeroblob(32) WHERE idx = 1", firstBad: nil, says: "node 1 of level 8"),
        Tampering(sql: "DELETE FROM node WHERE idx = 0", firstBad: nil, says: "node 0 of level 8"),
        Tampering(sql: "UPDATE dsn SET state = 'free', unit = NULL WHERE unit = 'hw-7'", firstBad: nil, says: "`dsn`"),
        Tampering(sql: "DELETE FROM unit WHERE hardware = 'hw-7'", firstBad: nil, says: "`unit` lacks"),
        Tampering(sql: "INSERT INTO counter VALUES ('x', 1)", firstBad: nil, says: "`counter` has"),
    ]

    /// 703 entries: 70 units with a DSN and a walk each, two full tiles and a half.
    private static let filled = Task {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...70 {
            try await ledger.append(try UnitLife.reserved(number))
            let drafts = try UnitLife(number: number).whole()
            try await ledger.commit { _ in Decision(Array(drafts.prefix(4))) }
            for draft in drafts.dropFirst(4) { try await ledger.append(draft) }
        }
        try await ledger.close()
        return try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    }

    private func filled() async throws -> LedgerFixture { try LedgerFixture(try await Self.filled.value) }

    @Test("an untouched ledger is intact, beside its writer too") func intact() async throws {
        let fixture = try await filled()
        let ledger = try await fixture.open()
        try await ledger.append(try UnitLife.reserved(1000))
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(report.problems == [])
        #expect(report.isIntact)
        #expect(report.projections == .equal)
        #expect(report.entries == 705)
        #expect(report.intact == 705)
        #expect(report.root == (try LedgerReader(at: fixture.path).summary().root))
        try await ledger.close()
    }

    @Test("a change behind the writer's back is found and named", arguments: tamperings)
    func tampering(_ tampering: Tampering) async throws {
        let fixture = try await filled()
        try fixture.alter(tampering.sql)
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(!report.isIntact)
        #expect(report.problems.contains { $0.contains(tampering.says) }, "\(report.problems)")
        if let firstBad = tampering.firstBad { #expect(report.firstBad == firstBad) }
    }

    @Test("an entry changed together with its leaf is found by the root over it") func leafToo() async throws {
        let fixture = try await filled()
        let reader = try LedgerReader(at: fixture.path)
        let entry = try #require(try reader.entries(300..<301).first)
        let text = String(decoding: entry.bytes, as: UTF8.self).replacingOccurrences(of: "\"op\"", with: "\"oq\"")
        let leaf = Hex.encode(MerkleTree().hasher.leaf(Array(text.utf8)))
        try fixture.alter("UPDATE entry SET body = '\(text)', leaf = x'\(leaf)' WHERE seq = 300")
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(report.problems.first?.contains("an entry was changed together with its leaf") == true)
        #expect(report.firstBad.map { $0 <= 300 && $0 > 290 } == true)
    }

    @Test("a zeroed page costs the entries on it and nothing more, without a crash", arguments: 0..<40 as Range<UInt64>)
    func page(seed: UInt64) async throws {
        let fixture = try await filled()
        var random = SplitMix64(seed: seed)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let page = Int.random(in: 1..<bytes.count / 4096, using: &random)
        let isChange = bytes[page * 4096..<(page + 1) * 4096].contains { $0 != 0 }
        for index in page * 4096..<(page + 1) * 4096 { bytes[index] = 0 }
        try bytes.write(to: URL(fileURLWithPath: fixture.path))
        do {
            let report = try LedgerVerifier(at: fixture.path).verify()
            if isChange { #expect(!report.isIntact || report.intact == 703) }
            if let firstBad = report.firstBad { #expect(report.intact >= firstBad || report.findingCount > 1) }
        } catch { #expect(error.code == .ledgerFault) }
    }

    @Test("a flipped bit in an entry's text never stays unseen", arguments: 0..<40 as Range<UInt64>)
    func bit(seed: UInt64) async throws {
        let fixture = try await filled()
        var random = SplitMix64(seed: seed)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let entry = try #require(
            try LedgerReader(at: fixture.path).entries(Int64.random(in: 0..<700, using: &random)..<703).first)
        let place = try #require(bytes.range(of: Data(entry.bytes)))
        bytes[Int.random(in: place, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try bytes.write(to: URL(fileURLWithPath: fixture.path))
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(report.firstBad == entry.stamp.sequence)
        #expect(report.intact == 702, "\(report.problems)")
    }
}
