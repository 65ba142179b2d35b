// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCore
import MintmarkFormats
import MintmarkLedger
import Synchronization
import TestSupport

@testable import MintmarkStation

/// A label station with a real ledger and a pool that it fills by itself.
final class PoolBench: Sendable {
    let station: Station
    private let folder: TemporaryFolder
    private let ledger: SQLiteLedger
    private let path: String
    private let told: Told

    var notices: [String] { told.all }

    init(
        _ limits: String, cloud: any FactoryService, clock: any StationClock = HurriedClock(),
        hasCloudsClock: Bool = false, keys: SetupKeys = .none
    ) async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pool.sqlite"
        try SQLiteLedger.create(at: path, station: "pool", kind: .label, software: "1.0+test", clock: clock)
        let ledger = try await SQLiteLedger.open(
            at: path, station: "pool", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock)
        let told = Told()
        station = Station(
            file: try Self.file(limits),
            outside: Station.Outside(
                ledger: ledger, service: cloud, clock: clock, hasCloudsClock: hasCloudsClock,
                openPort: { _ in throw CocoaError(.fileNoSuchFile) }, setupKeys: keys,
                transcripts: TranscriptFolder(besideLedger: path),
                logger: Logger(label: "pool") { _ in SwiftLogNoOpLogHandler() },
                tell: { if case .notice(let text) = $0 { told.add(text) } }))
        self.folder = folder
        (self.ledger, self.path, self.told) = (ledger, path, told)
    }

    func free() async throws -> Int { try await ledger.read { try $0.freeDSNs(model: PoolBench.model) } }

    func account() async throws -> DSNAccount { try await ledger.read { try $0.account() } }

    func lastTime() async throws -> Int64 { try await ledger.read { try $0.clock().last } }

    func pending() async throws -> [PendingRegistration] { try await ledger.read { try $0.pendingRegistrations() } }

    /// The manufacturing log as it would be written now.
    func log() throws -> [String] {
        let logs = try LedgerReader(at: path).exportManufacturingLog(to: folder.path, name: "log")
        return try logs.flatMap {
            try String(contentsOfFile: $0.path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    /// Files for an upload as they would be written now.
    func upload() throws -> RegistrationUpload {
        try LedgerReader(at: path).exportUpload(to: folder.path, name: "upload", setupKeys: nil)
    }

    func entries() throws -> [Entry] { try LedgerReader(at: path).entries() }

    func commit(_ entries: [EntryDraft]) async throws { try await ledger.commit { _ in Decision(entries) } }

    func close() async throws {
        await station.refill.stop()
        await station.outbox.stop()
        try await ledger.close()
    }

    static func file(_ more: String, kind: String = "label") throws -> StationFile {
        let text = """
            station: pool
            kind: \(kind)
            template: product
            account: { oem-id: "0dfc7900" }
            cloud: { region: us, deployment: dev }
            secrets: { user: "file:user.json", oem-secret: "file:oem-secret" }
            ledger: pool.sqlite
            \(more)
            slots:
              - { name: A, port: /dev/null }

            """
        return try StationFile.decode(yaml(text), folder: "/") { _ throws(MintmarkError) in
            try Template.decode(yaml(template), name: "product", properties: nil)
        }
    }

    private static func yaml(_ text: String) throws(MintmarkError) -> ConfigNode {
        try YAMLDocument.parse(Array(text.utf8), file: "test.yaml", code: .badStationFile)
    }

    static let model = "AY001MTP1"

    private static let template = """
        family: bc
        module-model: AY001MTP1
        mfg-model: WD-201
        mfg-serial: { prefix: "wd-", from: counter }
        odm: Acme Works
        oem-model: plug-a1
        oem-host-version: "1.0"
        firmware: ["2.4.7"]

        """
}
