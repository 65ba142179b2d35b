// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("A damaged ledger file", .timeLimit(.minutes(60)))
struct DamageTests {
    /// `make crash` sets MINTMARK_DAMAGES to 2000.
    static let count = ProcessInfo.processInfo.environment["MINTMARK_DAMAGES"].flatMap { Int($0) } ?? 40

    enum Damage: CaseIterable, Sendable { case bit, swappedPages, zeroedPage, zeroedSector }

    /// 271 entries: more than a tile, of which the first part is behind the end that a writer reads at start.
    private static let filled = Task {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...26 {
            try await ledger.append(try UnitLife.reserved(number))
            for draft in try UnitLife(number: number).whole() { try await ledger.append(draft) }
        }
        for number in 27...34 { try await ledger.append(try UnitLife.reserved(number)) }
        try await ledger.close()
        return try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    }

    @Test("is found wherever it changes what the file says; at its end no writer goes on", arguments: Damage.allCases)
    func damage(_ damage: Damage) async throws {
        let whole = try await Self.filled.value
        let untouched = try LedgerFixture(whole)
        let before = try LedgerContent(untouched.path, last: 300)
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SplitMix64(seed: seed)
        var (changes, exact) = (0, 0)
        for number in 0..<max(1, Self.count / Damage.allCases.count) {
            var bytes = whole
            let place = Self.inflict(damage, on: &bytes, &random)
            let fixture = try LedgerFixture(bytes)
            let path = fixture.path
            let after = try? LedgerContent(path, last: 300)
            let note = "\(damage) \(place), number \(number), seed \(seed)"
            do {
                let report = try LedgerVerifier(at: path).verify()
                guard let after, after != before else { continue }
                changes += 1
                #expect(!report.isIntact, "not found: \(after.differences(from: before)), \(note)")
                if let first = after.firstChange(from: before) {
                    let found = try #require(report.firstBad, "\(report.problems), \(note)")
                    #expect(found <= first, "\(report.problems), \(note)")
                    exact += found == first ? 1 : 0
                }
            } catch {
                let fair: [MintmarkError.Code?] = [.ledgerFault, .badStationFile]
                #expect(fair.contains((error as? MintmarkError)?.code), "\(error), \(note)")
            }
            let opening = await code { try await LedgerFixture.open(path).close() }
            if let after, after.hasOtherEnd(than: before) {
                // Where the page that says whose ledger it is is another too, it is refused as another station's.
                let fair: [MintmarkError.Code?] =
                    after.tables["log"] == before.tables["log"] ? [.ledgerFault] : [.ledgerFault, .badStationFile]
                #expect(fair.contains(opening), "a writer went on: \(after.differences(from: before)), \(note)")
            } else {
                // Without its first page it is no ledger any more; with another page as its keys, heads are not ours.
                let fair: [MintmarkError.Code?] = [nil, .ledgerFault, .ledgerNewer, .badStationFile, .badSecret]
                #expect(fair.contains(opening), "\(opening as Any), \(note)")
            }
        }
        say("damage: \(damage), seed \(seed), \(changes) changed what the file says, \(exact) first entries exact")
    }

    @Test("is found when a table's pages change places so that its older rows are out of reach") func lostPages()
        async throws
    {
        var bytes = try await Self.filled.value
        let fixture = try LedgerFixture(bytes)
        let top = try LedgerContent.topPage(of: "root", in: fixture.path)
        // Of a table's inner page: kind 5, and at offset 8 the number of the last page below it.
        let inner = bytes.page(top - 1)
        try #require(inner[inner.startIndex] == 5)
        let last = inner.dropFirst(8).prefix(4).reduce(0) { $0 << 8 | Int($1) }
        bytes.swapPages(top - 1, last - 1)
        let damaged = try LedgerFixture(bytes)
        let report = try LedgerVerifier(at: damaged.path).verify()
        #expect(report.problems.contains { $0.contains("pages do not agree") }, "\(report.problems)")
    }

    @Test("stops the writer when an entry in its end got another number") func otherNumber() async throws {
        var bytes = try await Self.filled.value
        let whole = try LedgerFixture(bytes)
        let body = try #require(try LedgerReader(at: whole.path).entries(265..<266).first?.bytes)
        // In a row of SQLite the number stands shortly before the columns, 7 bits a byte, the first with its high bit set: 265 is 0x82 9.
        let start = try #require(bytes.range(of: Data(body))).lowerBound
        let number = try #require(
            bytes.range(of: Data([0x82, 9]), options: .backwards, in: start - 24..<start))
        bytes[number.lowerBound + 1] = 11
        let damaged = try LedgerFixture(bytes)
        let before = try LedgerContent(whole.path, last: 300)
        #expect(try LedgerContent(damaged.path, last: 300).hasOtherEnd(than: before))
        let path = damaged.path
        #expect(await code { try await LedgerFixture.open(path).close() } == .ledgerFault)
    }

    private static func inflict(_ damage: Damage, on bytes: inout Data, _ random: inout SplitMix64) -> String {
        let pages = bytes.count / 4096
        switch damage {
        case .bit:
            let (place, bit) = (
                Int.random(in: 0..<bytes.count, using: &random), UInt8.random(in: 0..<8, using: &random)
            )
            bytes[place] ^= 1 << bit
            return "\(bit) at \(place)"
        case .swappedPages:
            let (one, two) = (Int.random(in: 1..<pages, using: &random), Int.random(in: 1..<pages, using: &random))
            bytes.swapPages(one, two)
            return "\(one) and \(two)"
        case .zeroedPage, .zeroedSector:
            let size = damage == .zeroedPage ? 4096 : 512
            let place = Int.random(in: 0..<bytes.count / size, using: &random)
            bytes.replaceSubrange(place * size..<(place + 1) * size, with: Data(count: size))
            return "\(place)"
        }
    }
}

extension Data {
    /// Counted from 0.
    fileprivate func page(_ number: Int) -> Data { subdata(in: number * 4096..<(number + 1) * 4096) }

    fileprivate mutating func swapPages(_ one: Int, _ two: Int) {
        let (first, second) = (page(one), page(two))
        replaceSubrange(one * 4096..<(one + 1) * 4096, with: second)
        replaceSubrange(two * 4096..<(two + 1) * 4096, with: first)
    }
}
