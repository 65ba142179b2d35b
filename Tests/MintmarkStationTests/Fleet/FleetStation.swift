// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCore
import MintmarkDevices
import MintmarkFormats
import MintmarkLedger
import MintmarkSerial
import TestSupport

@testable import MintmarkStation

/// A label station whose power goes off: what is on its disk then is where the next session begins.
actor FleetStation {
    private let name: String
    private let folder: String
    private let units: [String]
    private let cloud: FleetCloud
    /// Called when a port was opened, just before the run on it.
    private let opened: @Sendable () -> Void
    private let contradiction: Contradiction
    private var generation = 0

    /// `units` are the paths of the ports, one slot each, named `S1` and on.
    init(
        _ name: String, in folder: String, units: [String], cloud: FleetCloud,
        contradiction: Contradiction = Contradiction(), opened: @escaping @Sendable () -> Void = {}
    ) throws {
        (self.name, self.folder, self.units, self.cloud) = (name, folder, units, cloud)
        (self.contradiction, self.opened) = (contradiction, opened)
        try SQLiteLedger.create(
            at: "\(folder)/\(name)-0.sqlite", station: name, kind: .label, software: "1.0+test", clock: SystemClock())
    }

    var ledger: String { "\(folder)/\(name)-\(generation).sqlite" }

    /// One process of the station, from start to end or to the power's end. A refusal is a fair end too.
    func session(offAfter acts: Int? = nil, _ body: @Sendable (Station) async throws -> Void) async throws {
        let power = PowerSwitch(offAfter: acts)
        let open = try await SQLiteLedger.open(
            at: ledger, station: name, software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: SystemClock())
        let station = try station(open, power)
        do {
            try await station.recover()
            _ = try await station.outbox.resume()
            try await body(station)
            await station.outbox.drain()
        } catch let error as MintmarkError {
            guard power.isOff || error.code.exitStatus != .ledgerFault else { throw error }
        }
        await station.outbox.stop()
        guard power.isOff else { return try await open.close() }
        // What the dead process had not written is lost; what follows here must not reach the disk of the next one.
        let old = ledger
        generation += 1
        for part in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: old + part, toPath: ledger + part)
        }
        try await open.close()
    }

    private func station(_ ledger: SQLiteLedger, _ power: PowerSwitch) throws -> Station {
        let file = try StationFile.decode(try Self.yaml(stationText), folder: folder) { _ throws(MintmarkError) in
            try Template.decode(try Self.yaml(Self.template), name: "product", properties: nil)
        }
        return Station(
            file: file,
            outside: Station.Outside(
                ledger: PoweredLedger(ledger: ledger, power: power),
                service: FleetService(cloud: cloud, power: power), clock: SystemClock(),
                openPort: { [opened] slot in
                    guard case .path(let path) = slot.port else { throw CocoaError(.fileNoSuchFile) }
                    defer { opened() }
                    return PoweredPort(port: try TTYPort.open(path: path, baud: slot.baud), power: power)
                }, setupKeys: .none, contradiction: contradiction,
                transcripts: TranscriptFolder(besideLedger: self.ledger),
                logger: Logger(label: "fleet") { _ in SwiftLogNoOpLogHandler() }, tell: { _ in }),
            timing: .quick)
    }

    private static func yaml(_ text: String) throws(MintmarkError) -> ConfigNode {
        try YAMLDocument.parse(Array(text.utf8), file: "test.yaml", code: .badStationFile)
    }

    private var stationText: String {
        let slots = zip(1..., units).map { "  - { name: S\($0), port: \($1) }\n" }.joined()
        return """
            station: \(name)
            kind: label
            template: product
            account: { oem-id: "0dfc7900" }
            cloud: { region: us, deployment: dev }
            secrets: { user: "file:user.json" }
            ledger: \(name).sqlite
            slots:
            \(slots)
            """
    }

    private static let template = """
        family: bc
        module-model: AY001MTP1
        mfg-model: WD-201
        mfg-serial: { prefix: "wd-", from: counter }
        oem-model: plug-a1
        oem-host-version: "1.0"
        firmware: ["2.4.7"]
        """
}
