// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension BenchLedger {
    /// Drains so many registrations of a real ledger into a cloud that takes 4 s a call; milliseconds, and the time that
    /// the calls took together.
    static func drain(_ folder: String, count: Int) async throws -> [(String, Double)] {
        let (path, clock, pause) = (folder + "/drain.sqlite", SystemClock(), Duration.seconds(4))
        try SQLiteLedger.create(at: path, station: "bench", kind: .config, software: "1", clock: clock)
        let ledger = try await SQLiteLedger.open(
            at: path, station: "bench", software: "1", binaryHash: "00", clock: clock)
        let intents = try (0..<count).map(intent)
        try await ledger.commit { _ in Decision(intents) }
        let outbox = Outbox(
            Station.Outside(
                ledger: ledger, service: SlowCloud(pause: pause), clock: clock,
                openPort: { _ in throw POSIXError(.ENODEV) }, setupKeys: .none,
                transcripts: TranscriptFolder(besideLedger: path), logger: Logger(label: "bench"), tell: { _ in }))
        let took = try await time {
            try await outbox.resume()
            await outbox.drain()
        }
        try await ledger.close()
        let left = try LedgerReader(at: path).registrations().filter { $0.badge != .registered }
        guard left.isEmpty else { throw POSIXError(.EIO) }
        return [("ms", took), ("calls_ms", Double(count) * 4000), ("width", Double(OutboxPace().width))]
    }

    private static func intent(_ number: Int) throws -> EntryDraft {
        let digits = String(number, radix: 16)
        let registration = Registration(
            call: .provision, dsn: try DSN("AC000W\(100_000_000 + number)"), model: "AY008ESP1",
            mac: try MAC("02" + String(repeating: "0", count: 10 - digits.count) + digits), hwsig: nil,
            domAt: 1_773_739_800)
        return EntryDraft(
            RegisterIntent(request: "request-\(number)", registration: registration),
            by: EntryContext(actor: "bench", unit: registration.dsn.description))
    }
}
