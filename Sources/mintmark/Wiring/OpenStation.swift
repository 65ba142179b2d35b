// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCloud
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkSerial
import MintmarkStation

/// A station with the real ledger, cloud and ports behind it. The one place where the parts are put together.
struct OpenStation {
    let station: Station
    private let opened: OpenLedger
    let proxy: FactoryProxy
    /// Only of a station that looks at digital twins.
    private let devices: DeviceServiceClient?

    var ledger: SQLiteLedger { opened.ledger }

    static let software: (version: String, binary: String) = {
        let digest =
            (try? SHA256.hashFile("/proc/self/exe")).map { Hex.encode($0) } ?? String(repeating: "0", count: 64)
        return ("\(Mintmark.version)+\(digest.prefix(12))", digest)
    }()

    /// Opens the ledger as its one writer, settles what an earlier process left open, and takes up its registrations.
    static func open(
        _ file: StationFile, logLevel: Logger.Level = .warning, actor: String = ProcessInfo.processInfo.userName,
        ask: ((String) async -> String?)? = Terminal.question, tell: @escaping @Sendable (StationEvent) -> Void
    ) async throws -> OpenStation {
        let clock = SystemClock()
        let opened = try await OpenLedger.open(file, tell: tell)
        let (spool, proxy, devices): (SetupKeys, FactoryProxy, DeviceServiceClient?)
        do {
            (spool, proxy, devices) = (
                try setupKeys(of: file), try Self.proxy(for: file), try Self.devices(for: file, clock: clock)
            )
        } catch {
            try? await opened.close()
            throw error
        }
        var logger = Logger(label: "mintmark", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = logLevel
        let station = Station(
            file: file,
            outside: Station.Outside(
                ledger: opened.ledger, service: proxy, devices: devices, clock: clock,
                hasCloudsClock: file.hasCloudsClock, openPort: { try $0.openPort() },
                dialogExecutor: SerialTaskExecutor.shared, setupKeys: spool, contradiction: opened.contradiction,
                transcripts: TranscriptFolder(besideLedger: file.ledger), logger: logger, tell: tell))
        let whole = OpenStation(station: station, opened: opened, proxy: proxy, devices: devices)
        do {
            try await station.recover()
            try await station.confirmField(actor: actor, ask: ask)
        } catch {
            try? await whole.close()
            throw error
        }
        return whole
    }

    private static func setupKeys(of file: StationFile) throws(MintmarkError) -> SetupKeys {
        guard file.secrets[.spoolKey] != nil else { return .none }
        return SetupKeys(try SealedSpool(besideLedger: file.ledger, key: try file.secret(.spoolKey)))
    }

    /// The cloud client of this station; it connects to nothing yet.
    static func proxy(for file: StationFile) throws(MintmarkError) -> FactoryProxy {
        try FactoryProxy(settings(of: file), user: try CloudUser(file.secret(.user)))
    }

    private static func devices(
        for file: StationFile, clock: any StationClock
    ) throws(MintmarkError) -> DeviceServiceClient? {
        guard file.kind.services.contains(.device) else { return nil }
        return try deviceService(for: file, clock: clock)
    }

    /// The Device Service's client of this station; it connects to nothing yet.
    static func deviceService(
        for file: StationFile, clock: any StationClock
    ) throws(MintmarkError) -> DeviceServiceClient {
        try DeviceServiceClient(settings(of: file), user: try CloudUser(file.secret(.user)), clock: clock)
    }

    private static func settings(of file: StationFile) -> CloudSettings {
        var settings = CloudSettings(
            environment: file.environment, endpoints: file.endpoints, caFile: file.caFile, proxy: file.proxy,
            softwareVersion: Mintmark.version)
        (settings.module, settings.role) = (file.kind.module, file.role)
        return settings
    }

    /// Ends in order: what is on its way is broken off, the session is closed, the user is signed out.
    func close() async throws {
        await station.refill.stop()
        await station.outbox.stop()
        let fault = await station.outbox.ledgerFault
        try? await proxy.signOut()
        await proxy.shutdown()
        try? await devices?.signOut()
        await devices?.shutdown()
        try await opened.close()
        if let fault { throw fault }
    }

    /// Runs `body` on the station of this file and closes it whatever happens.
    static func with<Answer>(
        _ path: String, logLevel: Logger.Level = .warning, tell: @escaping @Sendable (StationEvent) -> Void,
        _ body: (OpenStation) async throws -> Answer
    ) async throws -> Answer {
        let station = try await open(try StationFiles.station(path), logLevel: logLevel, tell: tell)
        do {
            let answer = try await body(station)
            try await station.close()
            return answer
        } catch {
            try? await station.close()
            throw station.opened.contradiction.error ?? error
        }
    }
}

extension SetupKeys {
    init(_ spool: SealedSpool) {
        self.init(
            put: { try spool.put($0, for: $1) }, take: { try spool.take(for: $0) }, wipe: { try spool.wipe(for: $0) })
    }
}
