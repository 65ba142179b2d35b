// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCloud
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension BenchLedger {
    private static let model = "AY001MTP1"

    /// Registers so many units of a real ledger in the virtual cloud at `url`, over HTTPS as a station does;
    /// milliseconds, also for one unit alone.
    ///
    /// `folder` holds the files of the virtual cloud, under `cloud`, and gets the ledgers.
    static func drain(_ folder: String, count: Int, url: String) async throws -> [(String, Double)] {
        let settings = CloudSettings(
            environment: CloudEnvironment(region: .us, deployment: .dev),
            endpoints: CloudEndpoints(user: url, factoryProxy: url), caFile: folder + "/cloud/ca.pem",
            softwareVersion: "1")
        let user = try Data(contentsOf: URL(fileURLWithPath: folder + "/cloud/user-label.json"))
        let secret = SharedSecret(Secret(count: user.count) { $0.copyBytes(from: user) })
        let proxy = try FactoryProxy(settings, user: CloudUser(secret))
        let dsns = try await proxy.reserve(count: count + 1, model: model).map(\.dsn)
        let one = try await drain(dsns.prefix(1), through: proxy, at: folder + "/one.sqlite")
        let all = try await drain(dsns.dropFirst(), through: proxy, at: folder + "/drain.sqlite")
        await proxy.shutdown()
        return [("ms", all), ("one_ms", one), ("width", Double(OutboxPace().width))]
    }

    /// What an earlier session left in the outbox: each is looked up in the cloud and then sent.
    private static func drain(
        _ dsns: ArraySlice<DSN>, through proxy: FactoryProxy, at path: String
    ) async throws -> Double {
        let clock = SystemClock()
        try SQLiteLedger.create(at: path, station: "bench", kind: .label, software: "1", clock: clock)
        let ledger = try await SQLiteLedger.open(
            at: path, station: "bench", software: "1", binaryHash: "00", clock: clock)
        let intents = try zip(dsns.indices, dsns).map(intent)
        try await ledger.commit { _ in Decision(intents) }
        let outbox = Outbox(
            Station.Outside(
                ledger: ledger, service: proxy, clock: clock, hasCloudsClock: true,
                openPort: { _ in throw POSIXError(.ENODEV) },
                setupKeys: .none, transcripts: TranscriptFolder(besideLedger: path), logger: Logger(label: "bench"),
                tell: { _ in }))
        let took = try await time {
            try await outbox.resume()
            await outbox.drain()
        }
        try await ledger.close()
        let left = try LedgerReader(at: path).registrations().filter { $0.badge != .registered }
        if let first = left.first {
            throw MintmarkError(
                .cloudRefused, "\(left.count) units are not registered; \(first.dsn) is \(first.badge)",
                next: "Look into \(path).")
        }
        return took
    }

    private static func intent(_ number: Int, _ dsn: DSN) throws -> EntryDraft {
        let digits = String(number, radix: 16)
        let mac = try MAC("02" + String(repeating: "0", count: 10 - digits.count) + digits)
        let registration = Registration(
            call: .manufacture, dsn: dsn, model: model, mac: mac,
            hwsig: try HardwareSignature("9f03c2d1-55aa0102-\(mac)"),
            domAt: 1_773_739_800)
        return EntryDraft(
            RegisterIntent(request: "request-\(number)", registration: registration),
            by: EntryContext(actor: "bench", unit: dsn.description))
    }
}
