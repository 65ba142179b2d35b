// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCore
import MintmarkLedger
import TestSupport

@testable import MintmarkStation

/// A station that has finished its units and now has them to register, with a real ledger and power that goes off.
actor StormStation {
    private let folder: TemporaryFolder
    private let clock: HurriedClock
    private let cloud: StormCloud
    private var generation = 0
    private(set) var notices: [String] = []
    /// As what they were told.
    private(set) var badges: Set<UnitRecord.Badge> = []
    /// How often each unit was told of as waiting.
    private(set) var waits: [DSN: Int] = [:]

    init(units: Int, cloud: StormCloud, clock: HurriedClock) async throws {
        folder = try TemporaryFolder()
        (self.cloud, self.clock) = (cloud, clock)
        let path = "\(folder.path)/0.sqlite"
        try SQLiteLedger.create(at: path, station: "storm", kind: .config, software: "1.0+test", clock: clock)
        let ledger = try await Self.open(path, clock)
        for first in stride(from: 0, to: units, by: 1000) {
            let intents = try (first..<min(first + 1000, units)).map(Line.intent)
            try await ledger.commit { _ in Decision(intents) }
        }
        try await ledger.close()
    }

    var ledger: String { "\(folder.path)/\(generation).sqlite" }

    /// One process, until everything has its badge or the power goes off at this act. Returns whether it stayed on.
    func session(offAfter acts: Int? = nil, seed: UInt64) async throws -> Bool {
        let power = PowerSwitch(offAfter: acts)
        let open = try await Self.open(ledger, clock)
        let (told, tell) = AsyncStream.makeStream(of: StationEvent.self)
        let outbox = Outbox(
            Station.Outside(
                ledger: PoweredLedger(ledger: open, power: power),
                service: StormService(cloud: cloud, power: power), clock: clock,
                openPort: { _ in throw CocoaError(.fileNoSuchFile) }, setupKeys: .none,
                transcripts: TranscriptFolder(besideLedger: ledger),
                logger: Logger(label: "storm") { _ in SwiftLogNoOpLogHandler() },
                tell: { tell.yield($0) }), random: SplitMix64(seed: seed))
        try await outbox.resume()
        await outbox.drain()
        await outbox.stop()
        tell.finish()
        for await event in told {
            switch event {
            case .notice(let text): notices.append(text)
            case .badge(let dsn, _, let badge, _):
                badges.insert(badge)
                if badge == .queued || badge == .unknown { waits[dsn, default: 0] += 1 }
            default: break
            }
        }
        guard power.isOff else {
            if let fault = await outbox.ledgerFault { throw fault }
            try await open.close()
            return true
        }
        // What the dead process had not written is lost; what follows here must not reach the disk of the next one.
        let old = ledger
        generation += 1
        for part in ["", "-wal"] { try FileManager.default.copyItem(atPath: old + part, toPath: ledger + part) }
        try await open.close()
        return false
    }

    private static func open(_ path: String, _ clock: HurriedClock) async throws -> SQLiteLedger {
        try await SQLiteLedger.open(
            at: path, station: "storm", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock)
    }
}
