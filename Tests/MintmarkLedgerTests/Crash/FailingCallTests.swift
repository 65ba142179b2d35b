// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("A call of the ledger's writer that fails", .timeLimit(.minutes(60)))
struct FailingCallTests {
    /// `make crash` sets MINTMARK_FAULTS to `all`; otherwise so many of each kind are tried.
    static let limit = ProcessInfo.processInfo.environment["MINTMARK_FAULTS"] == "all" ? Int.max : 10

    struct Kind: Sendable, CustomStringConvertible {
        let calls: CallShim.Calls
        let code: Int32
        let description: String

        init(_ calls: CallShim.Calls, _ code: Int32, _ description: String) {
            (self.calls, self.code, self.description) = (calls, code, description)
        }
    }

    static let kinds = [
        Kind(.writes, ENOSPC, "no room for a write"), Kind(.writes, EIO, "a write that the disk does not take"),
        Kind(.syncs, ENOSPC, "no room for a sync"), Kind(.syncs, EIO, "a sync that the disk does not take"),
        Kind(.names, EIO, "a name that the disk does not take"),
    ]

    @Test(
        "ends the session with a ledger fault; nothing is written after it and nothing that was told is lost",
        arguments: kinds)
    func session(kind: Kind) async throws {
        let key = try Ed25519PrivateKey()
        let ground = try WriterProcess(key)
        try await ground.run("create")
        try await ground.run("write", "1", "200")
        let folder = ground.bench.folder
        try await sweep(kind, key, limit: Self.limit, isThrownAway: false) { writer, shim in
            try FileManager.default.copyItem(atPath: folder, toPath: writer.bench.folder)
            // Long enough for a head in its midst.
            return try await writer.run("write", "6", "12", under: shim)
        }
    }

    @Test("leaves no half-made ledger behind", arguments: kinds) func create(kind: Kind) async throws {
        try await sweep(kind, try Ed25519PrivateKey(), limit: Self.limit / 2, isThrownAway: true) { writer, shim in
            try await writer.run("create", under: shim)
        }
    }

    /// Runs the job once whole and then once for each call that shall fail.
    ///
    /// `isThrownAway` says that a file whose writing failed is not kept.
    private func sweep(
        _ kind: Kind, _ key: Ed25519PrivateKey, limit: Int, isThrownAway: Bool,
        job: (borrowing WriterProcess, CallShim) async throws -> Child.Result
    ) async throws {
        let whole = try WriterProcess(key)
        let result = try await job(whole, CallShim(kind.calls, path: whole.bench.folder, log: whole.log))
        try #require(result.status == 0, "\(result.errors)")
        let count = try CallRecord.read(whole.log).count
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SplitMix64(seed: seed)
        let points = (1...count).shuffled(using: &random).prefix(limit)
        say("failing calls: \(kind), seed \(seed), \(points.count) of \(count)")
        for at in points {
            let writer = try WriterProcess(key)
            let shim = CallShim(
                kind.calls, path: writer.bench.folder, log: writer.log, fault: (at: at, act: .fail(kind.code)))
            let result = try await job(writer, shim)
            let found = try await check(writer, result, try CallRecord.read(writer.log), at: at, isThrownAway)
            #expect(found == nil, "call \(at) of \(count), seed \(seed)")
        }
    }

    /// What is wrong after this call failed; nil when nothing is.
    private func check(
        _ writer: borrowing WriterProcess, _ result: Child.Result, _ calls: [CallRecord], at: Int,
        _ isThrownAway: Bool
    ) async throws -> String? {
        let bench = writer.bench
        guard calls.count >= at, calls[at - 1].error != 0 else { return "the call was not reached" }
        let failed = calls[at - 1]
        let what = "\(failed.operation) \(failed.path)"
        if result.isSignal { return "signal \(result.status) after \(what)" }
        if result.status == 0 {
            guard isHarmless(failed, among: calls, bench) else { return "nobody was told of \(what)" }
        } else if result.status != ExitStatus.ledgerFault.rawValue {
            return "status \(result.status), \(result.errors)"
        } else if !isThrownAway, let later = calls[at...].first(where: isOfTheLog) {
            return "after \(what) came \(later.operation) \(later.path)"
        }
        let told = try bench.lastTold()
        do {
            let ledger = try await bench.open(clock: TestClock())
            let held = try await ledger.account()
            try await ledger.close()
            guard held.isBalanced, held.reserved >= told ?? 0 else {
                return "told \(told ?? 0), it holds \(held.description)"
            }
        } catch let error as MintmarkError {
            // Nobody was told that it was made.
            return told == nil && [.ledgerMissing, .headMissing].contains(error.code) ? nil : error.description
        }
        return try LedgerVerifier(at: bench.ledger).verify(replays: Self.limit == .max).problems.first
    }

    /// SQLite syncs the folder too, and does not look whether that worked; what matters is that the ledger's own sync of
    /// the name did. And a file that was made under another name may stay under it.
    private func isHarmless(_ failed: CallRecord, among calls: [CallRecord], _ bench: LedgerBench) -> Bool {
        if failed.operation == .unlink { return failed.path.contains(".new") }
        return failed.operation == .sync && failed.path == bench.folder
            && calls.contains { $0.operation == .sync && $0.path == bench.folder && $0.error == 0 }
    }

    private func isOfTheLog(_ call: CallRecord) -> Bool {
        [.write, .truncate, .sync].contains(call.operation) && !call.path.hasSuffix("-shm")
    }
}
