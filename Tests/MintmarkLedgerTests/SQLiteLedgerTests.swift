// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("SQLiteLedger", .timeLimit(.minutes(1)))
struct SQLiteLedgerTests {
    @Test("what was committed is there after closing and opening again") func reopen() async throws {
        let fixture = try LedgerFixture()
        var ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        try await ledger.append(try UnitLife.reserved(1))
        for draft in try life.whole() { try await ledger.append(draft) }
        try await ledger.close()

        ledger = try await fixture.open()
        let unit = try await ledger.read { try $0.unit(dsn: life.dsn) }
        #expect(unit?.badge == .registered)
        #expect(unit?.outcome == .pass)
        #expect(unit?.runs == 1)
        let account = try await ledger.account()
        #expect(account.counts == [.registered: 1])
        #expect(account.isBalanced)
        try await ledger.close()
    }

    @Test("an act sees the acts before it in the same commit, and a refused one leaves nothing")
    func group() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        try await ledger.append(try UnitLife.reserved(1), try UnitLife.reserved(2))
        let given = try await withThrowingTaskGroup(of: DSN?.self) { group in
            for number in 1...8 {
                group.addTask {
                    let life = UnitLife(number: number)
                    return try? await ledger.commit { state in
                        guard let free = try state.freeDSN(model: UnitLife.model) else {
                            throw MintmarkError(.poolEmpty, "no free DSN", next: "Reserve some.")
                        }
                        return Decision([try life.assigned(free.dsn)], free.dsn)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(given.compactMap { $0 }) == [try UnitLife.dsn(1), try UnitLife.dsn(2)])
        #expect(given.count { $0 == nil } == 6)
        try await ledger.close()
        let reader = try LedgerReader(at: fixture.path)
        #expect(try reader.entries(type: .dsnAssigned).count == 2)
    }

    @Test("an entry that does not fit takes its whole act back and spares the others") func refused() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let (one, two) = (UnitLife(number: 1), UnitLife(number: 2))
        try await ledger.append(try UnitLife.reserved(1))
        try await ledger.append(one.opened(), try one.assigned())
        let refused = await code { try await ledger.append(two.opened(), try two.assigned(one.dsn)) }
        #expect(refused == .stationFault)
        #expect(try await ledger.read { try $0.openRuns() }.map(\.run) == [one.run])
        try await ledger.append(try one.written())
        try await ledger.close()
    }

    @Test("a file that is not there is missing, not made") func missing() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("gone.sqlite")
        #expect(await code { try await LedgerFixture.open(path) } == .ledgerMissing)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("a ledger is never made over another file") func createTwice() throws {
        let fixture = try LedgerFixture()
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        #expect(throws: MintmarkError.self) {
            try SQLiteLedger.create(
                at: fixture.path, station: "bench", kind: .label, software: "1", clock: fixture.clock)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) == ["bench.sqlite"])
        let mode = try FileManager.default.attributesOfItem(atPath: fixture.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
