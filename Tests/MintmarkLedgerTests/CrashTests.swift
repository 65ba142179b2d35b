// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Crashes of a ledger's writer", .timeLimit(.minutes(2)))
struct CrashTests {
    @Test("kill -9 in the middle of commits loses nothing that was acknowledged", arguments: 0..<6 as Range<UInt64>)
    func kill(seed: UInt64) async throws {
        let fixture = try LedgerFixture()
        let (path, acknowledged) = (fixture.path, fixture.folder.file("acknowledged"))
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, acknowledged = acknowledged as String, seed = seed as UInt64] in
            try await CrashTests.writeUntilKilled(path, acknowledged, seed)
        }
        let lines = try String(contentsOfFile: acknowledged, encoding: .utf8).split(separator: "\n")
        let told = try lines.filter { $0.hasSuffix(".") }.map { try DSN($0.dropLast()) }
        #expect(!told.isEmpty)
        // The lock of a dead owner is free, the end of the log is whole, and everything told is there.
        try await fixture.open().close()
        let there = Set(try LedgerReader(at: path).dsns().map(\.dsn))
        #expect(told.allSatisfy(there.contains))
        #expect(try LedgerVerifier(at: path).verify().problems == [])
    }

    /// Eight callers append; each writes down what the ledger told it. A clock of another thread ends it all.
    private static func writeUntilKilled(_ path: String, _ acknowledged: String, _ seed: UInt64) async throws {
        let ledger = try await LedgerFixture.open(path)
        let file = open(acknowledged, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var random = SplitMix64(seed: seed)
        let limit = Int.random(in: 20...400, using: &random)
        let delay = UInt32.random(in: 0...2000, using: &random)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for number in 0..<10_000 {
                        let dsn = try UnitLife.dsn(worker * 10_000 + number)
                        try await ledger.append(try UnitLife.reserved(worker * 10_000 + number))
                        let line = Array("\(dsn).\n".utf8)
                        _ = write(file, line, line.count)
                        if worker == 0, number == limit {
                            Thread.detachNewThread {
                                usleep(delay)
                                Glibc.kill(getpid(), SIGKILL)
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("a full disk refuses every caller, and after room is made all that was told is there")
    func fileSizeLimit() async throws {
        let fixture = try LedgerFixture()
        let path = fixture.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            let ledger = try await LedgerFixture.open(path)
            var limit = rlimit(rlim_cur: 400_000, rlim_max: .max)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let told = await CrashTests.fill(ledger)
            let later = await code { try await ledger.append(try UnitLife.reserved(1_000_000)) }
            let looked = await code { try await ledger.account() }
            let closed = await code { try await ledger.close() }
            #expect([later, looked, closed] == [.ledgerFault, .ledgerFault, .ledgerFault])
            limit.rlim_cur = .max
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let again = try await LedgerFixture.open(path)
            let held = try await again.account().reserved
            #expect(told > 0 && held >= told && held <= told + 1, "told \(told), held \(held)")
            try await again.close()
            #expect(try LedgerVerifier(at: path).verify().problems == [])
        }
    }

    @Test("no room on the device is disk-full, at once and from then on", .enabled(if: SmallDisk.canMount))
    func noSpace() async throws {
        let disk = try SmallDisk(kilobytes: 512)
        let (path, clock) = (disk.folder.file("bench.sqlite"), TestClock())
        try SQLiteLedger.create(at: path, station: "bench", kind: .label, software: "1", clock: clock)
        let ledger = try await LedgerFixture.open(path, clock)
        let told = await Self.fill(ledger)
        #expect(await code { try await ledger.append(try UnitLife.reserved(1_000_000)) } == .diskFull)
        #expect(await code { try await ledger.close() } == .diskFull)
        disk.grow(kilobytes: 4096)
        let again = try await LedgerFixture.open(path, clock)
        let held = try await again.account().reserved
        #expect(told > 0 && held >= told && held <= told + 1, "told \(told), held \(held)")
        try await again.close()
        #expect(try LedgerVerifier(at: path).verify().problems == [])
    }

    /// Appends until it is refused; how many were told.
    private static func fill(_ ledger: SQLiteLedger) async -> Int {
        var told = 0
        while told < 100_000 {
            do { try await ledger.append(try UnitLife.reserved(told)) } catch { return told }
            told += 1
        }
        return told
    }
}
