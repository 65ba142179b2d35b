// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("The timer of signed heads", .timeLimit(.minutes(1)))
struct HeadTimerTests {
    @Test("a quiet ledger gets a head over its last entries 60 seconds after them, and not before")
    func quiet() async throws {
        let fixture = try LedgerFixture()
        let (clock, key) = (StoppedClock(), TellingKey(try Ed25519PrivateKey()))
        let ledger = try await SQLiteLedger.open(
            at: fixture.path, station: "bench", software: "1", binaryHash: "00", clock: clock,
            signing: HeadSigning(key: key))
        let start = clock.now
        // Also the entries of the opening session wait for a head; the first act sets the timer for all of them.
        try await ledger.append(EntryDraft(SandboxMark(host: "a:1"), by: EntryContext(actor: "t")))
        let deadline = await clock.nextSleeper()
        #expect(deadline == start + .seconds(60))
        try await ledger.append(EntryDraft(SandboxMark(host: "b:1"), by: EntryContext(actor: "t")))
        let reader = try LedgerReader(at: fixture.path)
        #expect(try reader.newestHead() == nil)
        clock.pass(until: deadline)
        await key.nextSignature()
        // The signature is made inside the transaction; this waits behind it.
        _ = try await ledger.account()
        let head = try #require(try reader.newestHead())
        #expect(head.checkpoint.size == (try reader.summary().size))
        try await ledger.append(EntryDraft(SandboxMark(host: "c:1"), by: EntryContext(actor: "t")))
        #expect(await clock.nextSleeper() == deadline + .seconds(60), "the timer is set again for what came later")
        try await ledger.close()
    }
}

/// A key that tells when it signed.
private struct TellingKey: SigningKey {
    private let key: Ed25519PrivateKey
    private let signatures = AsyncStream.makeStream(of: Void.self)

    init(_ key: Ed25519PrivateKey) { self.key = key }

    var publicKey: Ed25519PublicKey { key.publicKey }

    func sign(_ message: [UInt8]) throws(MintmarkError) -> [UInt8] {
        defer { signatures.continuation.yield() }
        return try key.sign(message)
    }

    func nextSignature() async { for await _ in signatures.stream { return } }
}
