// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCore
import MintmarkDevices
import MintmarkFormats
import MintmarkLedger
import MintmarkSandbox
import MintmarkSerial
import TestSupport

@testable import MintmarkStation

/// A verify station with one finished unit behind a real pty and a Device Service in memory.
final class VerifyBench {
    static let dsn = "AC000W700000001"
    static let wifiKey = "bench-canary-01"

    let folder: String
    let bench: UnitBench
    let shelf: TwinShelf
    private let file: StationFile
    private let clock: any StationClock
    private let hasCloudsClock: Bool

    var ledger: String { file.ledger }

    init(
        _ flaw: TwinShelf.Flaw = TwinShelf.Flaw(), madeBy maker: any StationClock = SystemClock(),
        clock: any StationClock = SystemClock(), hasCloudsClock: Bool = true,
        unit change: (inout ModuleOptions) -> Void = { _ in }
    ) throws {
        (self.clock, self.hasCloudsClock) = (clock, hasCloudsClock)
        folder = FileManager.default.temporaryDirectory.path + "/mintmark-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var unit = Rehearsal.fast(SandboxUnits.blank(count: 1)[0])
        (unit.startMode, unit.joinTime) = (.user, 0)
        unit.label = ModuleOptions.Label(
            dsn: Self.dsn, model: "AY001MTP1", mfgModel: "WD-201", mfgSerial: "wd-000001", keyFile: SampleKey.pkcs1)
        unit.oem = ModuleOptions.OEM(id: "0dfc7900", model: "plug-a1", key: [UInt8](repeating: 7, count: 256))
        change(&unit)
        _ = FileManager.default.createFile(
            atPath: "\(folder)/wifi-key", contents: Data(Self.wifiKey.utf8), attributes: [.posixPermissions: 0o600])
        let units = "\(folder)/units"
        file = try StationFile.decode(
            try Self.yaml(Self.station(port: "\(units)/unit-1")), folder: folder
        ) { _ throws(MintmarkError) in
            try Template.decode(
                try Self.yaml(Self.template), name: "product",
                properties: try CSVDocument.parse(Array(Self.csv.utf8), file: "p.csv", code: .badTemplate))
        }
        let shelf = TwinShelf(
            properties: file.template.properties.map(\.twin), flaw: flaw, dsn: try DSN(Self.dsn), clock: SystemClock())
        self.shelf = shelf
        bench = UnitBench(
            UnitBench.Configuration(folder: units, units: [unit], connect: { shelf.connect($0) }))
        try bench.start()
        try SQLiteLedger.create(
            at: file.ledger, station: file.station, kind: .verify, software: "1.0+test", clock: maker)
    }

    deinit {
        bench.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs the unit once, as `mintmark verify` does.
    func run(batch: String? = nil) async throws -> ProvisionReport {
        await Gate.dialogs.enter()
        do {
            let report = try await runAlone(batch)
            await Gate.dialogs.leave()
            return report
        } catch {
            await Gate.dialogs.leave()
            throw error
        }
    }

    private func runAlone(_ batch: String?) async throws -> ProvisionReport {
        let ledger = try await SQLiteLedger.open(
            at: file.ledger, station: file.station, software: "1.0+test",
            binaryHash: String(repeating: "0", count: 64), clock: clock)
        var twinTiming = TwinTiming()
        (twinTiming.connect, twinTiming.settle, twinTiming.settles) = (.milliseconds(300), .milliseconds(1), 2)
        let station = Station(
            file: file,
            outside: Station.Outside(
                ledger: ledger, service: NoFactory(), devices: shelf, clock: clock, hasCloudsClock: hasCloudsClock,
                openPort: { slot in
                    guard case .path(let path) = slot.port else { throw CocoaError(.fileNoSuchFile) }
                    return try TTYPort.open(path: path, baud: slot.baud)
                }, setupKeys: .none, transcripts: TranscriptFolder(besideLedger: file.ledger),
                logger: Logger(label: "verify") { _ in SwiftLogNoOpLogHandler() }, tell: { _ in }),
            timing: .quick, twinTiming: twinTiming)
        try await station.recover()
        let report = try await station.provision(ProvisionOrder(batch: batch, actor: "op7"))
        await station.outbox.stop()
        try await ledger.close()
        return report
    }

    private static func yaml(_ text: String) throws(MintmarkError) -> ConfigNode {
        try YAMLDocument.parse(Array(text.utf8), file: "test.yaml", code: .badStationFile)
    }

    private static func station(port: String) -> String {
        """
        station: test-verify
        kind: verify
        template: product
        account: { oem-id: "0dfc7900" }
        cloud: { region: us, deployment: dev }
        secrets: { user: "file:user.json", test-wifi-key: "file:wifi-key" }
        test-wifi: { ssid: bench-net, security: WPA2_Personal }
        ledger: verify.sqlite
        slots:
          - { name: S1, port: \(port) }
        """
    }

    private static let csv = """
        base_type,direction,name,scope
        boolean,input,Blue_LED,user
        boolean,output,Blue_button,user
        string,output,version,user

        """

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

/// A verify station registers nothing.
struct NoFactory: FactoryService {
    private static let refusal = MintmarkError(
        .stationFault, "a verify station asked the factory", next: "Find out why.")

    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] { throw Self.refusal }

    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        .held(Self.refusal.what)
    }

    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? { throw Self.refusal }

    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage { throw Self.refusal }

    var sandboxHost: String? { nil }
}
