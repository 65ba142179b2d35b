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
    let books: OpenLedger
    let proxy: FactoryProxy

    var ledger: SQLiteLedger { books.ledger }

    static let software: (version: String, binary: String) = {
        let digest =
            (try? SHA256.hashFile("/proc/self/exe")).map { Hex.encode($0) } ?? String(repeating: "0", count: 64)
        return ("\(Mintmark.version)+\(digest.prefix(12))", digest)
    }()

    /// Opens the ledger as its one writer, settles what an earlier process left open, and takes up its registrations.
    static func open(
        _ file: StationFile, logLevel: Logger.Level = .warning, tell: @escaping @Sendable (StationEvent) -> Void
    ) async throws -> OpenStation {
        let clock = SystemClock()
        let books = try await OpenLedger.open(file, tell: tell)
        let spool: SetupKeys =
            file.secrets[.spoolKey] == nil
            ? .none : SetupKeys(try SealedSpool(besideLedger: file.ledger, key: try file.secret(.spoolKey)))
        let proxy = try proxy(for: file)
        var logger = Logger(label: "mintmark", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = logLevel
        let station = Station(
            file: file,
            outside: Station.Outside(
                ledger: books.ledger, service: proxy, clock: clock, openPort: { try $0.openPort() },
                dialogExecutor: SerialTaskExecutor.shared, setupKeys: spool, contradiction: books.contradiction,
                transcripts: TranscriptFolder(besideLedger: file.ledger), logger: logger, tell: tell))
        let opened = OpenStation(station: station, books: books, proxy: proxy)
        do {
            try await station.recover()
        } catch {
            try? await opened.close()
            throw error
        }
        return opened
    }

    /// The cloud client of this station; it connects to nothing yet.
    static func proxy(for file: StationFile) throws(MintmarkError) -> FactoryProxy {
        let settings = CloudSettings(
            environment: file.environment, endpoints: file.endpoints, caFile: file.caFile, proxy: file.proxy,
            softwareVersion: Mintmark.version)
        return try FactoryProxy(settings, user: try CloudUser(file.secret(.user)))
    }

    /// Ends in order: what is on its way is broken off, the session is closed, the user is signed out.
    func close() async throws {
        await station.outbox.stop()
        let fault = await station.outbox.ledgerFault
        try? await proxy.signOut()
        await proxy.shutdown()
        try await books.close()
        if let fault { throw fault }
    }

    /// Runs `body` on the station of this file and closes it whatever happens.
    static func with<Answer>(
        _ path: String, logLevel: Logger.Level = .warning, tell: @escaping @Sendable (StationEvent) -> Void,
        _ body: (OpenStation) async throws -> Answer
    ) async throws -> Answer {
        let opened = try await open(try StationFiles.station(path), logLevel: logLevel, tell: tell)
        do {
            let answer = try await body(opened)
            try await opened.close()
            return answer
        } catch {
            try? await opened.close()
            throw opened.books.contradiction.error ?? error
        }
    }
}

extension SetupKeys {
    init(_ spool: SealedSpool) {
        self.init(
            put: { try spool.put($0, for: $1) }, take: { try spool.take(for: $0) }, wipe: { try spool.wipe(for: $0) })
    }
}
