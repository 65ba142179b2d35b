// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("A lost reserve, by the command line", .timeLimit(.minutes(1)))
struct LostReserveCommandTests {
    @Test("a look lists what may be reserved and settles what it proves; a young request is not looked for")
    func look() async throws {
        let factory = try await factory()
        #expect(try await settle(factory, "--look", "--all").status == 64)
        #expect(try await settle(factory, "--all").status == 64)
        // The cloud's search does not show reserved DSNs yet.
        let hidden = try await settle(factory, "--look")
        #expect(hidden.status == 11 && hidden.errors.contains("of 2 DSNs that are free here it shows 0"), "\(hidden)")
        var switches = factory.cloud.switches
        try switches.set("D29=yes")
        factory.cloud.set(switches)
        let proven = try await settle(factory, "--look", "--json", "--operator", "lead-1")
        #expect(proven.status == 0, "\(proven.errors)")
        #expect(
            proven.output
                == #"{"free_hidden":0,"free_shown":2,"model":"AY001MTP1","not_held":[],"settled":5,"shown":2}"# + "\n")
        factory.cloud.inject(try CloudFault(text: "drop-after-commit@reserve"))
        #expect(try await reserve(factory, 3).status == 30)
        let young = try await settle(factory, "--look")
        #expect(young.status == 50 && young.errors.contains("Look again ten minutes"), "\(young.errors)")
        let reader = try LedgerReader(at: factory.ledger("label"))
        #expect(try reader.entries(type: .dsnUnknownDisproved).map(\.context.actor) == ["lead-1"])
        #expect(try await Tool.run("ledger", "verify", factory.ledger("label")).status == 0)
        #expect(try await account(reader, factory.folder) == "5 3\n")
    }

    @Test("a look that finds strangers names each and settles nothing")
    func strangers() async throws {
        let factory = try await factory { try $0.switches.set("D29=yes") }
        let taken = factory.cloud.devices.map(\.dsn)
        factory.cloud.inject(try CloudFault(text: "drop-after-commit@reserve"))
        #expect(try await reserve(factory, 2).status == 30)
        let strangers = factory.cloud.devices.map(\.dsn).filter { !taken.contains($0) }
        let found = try await settle(factory, "--look")
        #expect(found.status == 11, "\(found.errors)")
        #expect(found.output == strangers.map { "\($0) not in this ledger\n" }.joined())
        #expect(found.errors.contains("next: Look in the vendor's dashboard"), "\(found.errors)")
        let settled = try await settle(factory, "--all", "--reason", "seen in the dashboard")
        #expect(settled.status == 0 && settled.errors.contains("7 DSNs are no longer unknown"), "\(settled.errors)")
    }

    /// A label station that lost the reply to a reserve of 5 an hour ago, with 2 free DSNs.
    private func factory(
        _ change: (inout VirtualCloud.Configuration) throws -> Void = { _ in }
    ) async throws -> Rehearsal {
        var configuration = VirtualCloud.Configuration()
        try change(&configuration)
        let factory = try await Rehearsal(units: 1) { $0.switches = configuration.switches }
        try factory.edit("label", "  head-key: file:../secrets/head-key-label\n", "")
        try factory.edit("label", "head: ../secrets/label.head\n", "")
        let (path, clock) = (factory.ledger("label"), HourAgo())
        try SQLiteLedger.create(at: path, station: "test-label", kind: .label, software: "1.0+test", clock: clock)
        let ledger = try await SQLiteLedger.open(
            at: path, station: "test-label", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock)
        let request = UUIDv7.make(wall: clock.wall)
        try await ledger.commit { _ in
            let context = EntryContext(actor: "refill")
            return Decision([
                EntryDraft(DSNReserveIntent(request: request, model: "AY001MTP1", count: 5), by: context),
                EntryDraft(
                    DSNUnknown(request: request, model: "AY001MTP1", count: 5, reason: "a test"), by: context),
            ])
        }
        try await ledger.close()
        let reserved = try await reserve(factory, 2)
        #expect(reserved.status == 0, "\(reserved.errors)")
        return factory
    }

    private func reserve(_ factory: Rehearsal, _ count: Int) async throws -> Tool.Result {
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "\(count)")
    }

    private func settle(_ factory: Rehearsal, _ options: String...) async throws -> Tool.Result {
        try await Tool.run(["dsn", "settle", "--station", factory.station("label")] + options)
    }

    /// DSNs reserved and unknown, as the auditor's program counts them.
    private func account(_ reader: LedgerReader, _ folder: String) async throws -> String {
        let lines = try reader.entries().map { String(decoding: $0.bytes, as: UTF8.self) + "\n" }.joined()
        try lines.write(toFile: "\(folder)/entries.jsonl", atomically: true, encoding: .utf8)
        let resources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/MintmarkLedger/Bundle/Resources").path
        let program = """
            import json, sys; sys.path.insert(0, '\(resources)'); sys.dont_write_bytecode = True
            from verify import Account
            account = Account()
            for number, line in enumerate(open('entries.jsonl')):
                entry = json.loads(line)
                account.apply(entry['type'], entry['body'], number)
            print(len(account.states) + account.unknown, account.unknown)
            """
        try program.write(toFile: "\(folder)/account.py", atomically: true, encoding: .utf8)
        return try await Shell.run("python3 account.py", in: folder).output
    }
}

/// The machine's clocks, an hour ago.
private struct HourAgo: StationClock {
    var now: Deadline { .now - .seconds(3600) }
    var isSynchronised: Bool { true }
    var wall: Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) - 3_600_000_000 }
    func sleep(until deadline: Deadline) async throws { try await Task.sleep(until: deadline + .seconds(3600)) }
}
