// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport

/// A new ledger in a folder of its own, for a station named `bench`.
struct LedgerFixture: ~Copyable {
    let folder: TemporaryFolder
    let path: String
    let clock: TestClock

    init(kind: StationKind = .label) throws {
        let folder = try TemporaryFolder()
        let (path, clock) = (folder.file("bench.sqlite"), TestClock())
        try SQLiteLedger.create(at: path, station: "bench", kind: kind, software: "1.0+test", clock: clock)
        self.path = path
        self.clock = clock
        self.folder = folder
    }

    func open() async throws -> SQLiteLedger { try await LedgerFixture.open(path, clock) }

    static func open(_ path: String, _ clock: TestClock = TestClock()) async throws -> SQLiteLedger {
        try await SQLiteLedger.open(
            at: path, station: "bench", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock)
    }
}

extension SQLiteLedger {
    /// Appends without looking.
    func append(_ drafts: EntryDraft...) async throws { try await commit { _ in Decision(drafts) } }

    func account() async throws -> DSNAccount { try await read { try $0.account() } }
}

/// Errors that are equal by code only.
func code(_ body: () async throws -> some Any) async -> MintmarkError.Code? {
    do { _ = try await body() } catch let error as MintmarkError { return error.code } catch { return nil }
    return nil
}
