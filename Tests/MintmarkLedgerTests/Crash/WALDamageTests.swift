// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("A write-ahead log that is cut, or of another time", .timeLimit(.minutes(60)))
struct WALDamageTests {
    /// `make crash` sets MINTMARK_DAMAGES to 2000.
    static let count = ProcessInfo.processInfo.environment["MINTMARK_DAMAGES"].flatMap { Int($0) } ?? 16

    /// What lay on the disk at one time, and how many entries were told to be durable then.
    private struct Moment {
        let file: Data
        let log: Data
        let told: Int64
    }

    /// Three sessions; each ends with a checkpoint.
    private static let history = Task {
        let fixture = try LedgerFixture()
        var moments: [Moment] = []
        var number = 0
        for _ in 1...3 {
            let ledger = try await fixture.open()
            for _ in 1...8 {
                number += 1
                try await ledger.append(try UnitLife.reserved(number))
                for draft in try UnitLife(number: number).whole() { try await ledger.append(draft) }
                moments.append(try moment(fixture.path))
            }
            try await ledger.close()
            moments.append(try moment(fixture.path))
        }
        let whole = try LedgerContent(fixture.path, last: 400)
        return (moments: moments, whole: whole)
    }

    private static func moment(_ path: String) throws -> Moment {
        Moment(
            file: try Data(contentsOf: URL(fileURLWithPath: path)),
            log: FileManager.default.contents(atPath: path + "-wal") ?? Data(),
            told: try LedgerReader(at: path).summary().size)
    }

    @Test("leaves a beginning of the log, whole, and the writer goes on from there")
    func cut() async throws {
        let (moments, whole) = try await Self.history.value
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SplitMix64(seed: seed)
        for number in 0..<Self.count {
            let moment = try #require(moments.filter { !$0.log.isEmpty }.randomElement(using: &random))
            let length = Int.random(in: 0..<moment.log.count, using: &random)
            let fixture = try Self.disk(moment.file, moment.log.prefix(length))
            let path = fixture.path
            let note = "\(length) of \(moment.log.count) bytes, number \(number), seed \(seed)"
            #expect(try LedgerVerifier(at: path).verify().problems == [], "\(note)")
            let size = try LedgerReader(at: path).summary().size
            #expect(size <= moment.told, "\(note)")
            #expect(try LedgerContent(path, last: size - 1).isBeginning(of: whole), "\(note)")
            #expect(await code { try await LedgerFixture.open(path).close() } == nil, "\(note)")
        }
    }

    @Test("of another time leaves a beginning of the log, or verify finds it")
    func stale() async throws {
        let (moments, whole) = try await Self.history.value
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SplitMix64(seed: seed)
        var found = 0
        for number in 0..<Self.count {
            let file = try #require(moments.randomElement(using: &random))
            let log = try #require(moments.randomElement(using: &random))
            let fixture = try Self.disk(file.file, log.log)
            let path = fixture.path
            let note = "file of \(file.told), log of \(log.told), number \(number), seed \(seed)"
            let report: VerificationReport
            do { report = try LedgerVerifier(at: path).verify() } catch {
                #expect(error.code == .ledgerFault, "\(error), \(note)")
                found += 1
                continue
            }
            guard report.isIntact else {
                found += 1
                continue
            }
            let size = try LedgerReader(at: path).summary().size
            #expect(try LedgerContent(path, last: size - 1).isBeginning(of: whole), "\(note)")
        }
        say("stale write-ahead logs: seed \(seed), \(found) of \(Self.count) found")
    }

    private static func disk(_ file: Data, _ log: Data) throws -> LedgerFixture {
        let fixture = try LedgerFixture(file)
        try log.write(to: URL(fileURLWithPath: fixture.path + "-wal"))
        return fixture
    }
}
