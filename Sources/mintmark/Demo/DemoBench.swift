// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox

/// The folder of a demonstration: station files, template, ledgers and exports, as an engineer would lay them out.
struct DemoBench {
    let folder: String
    let url: String
    let units: Int

    static let kinds = ["label", "config", "verify"]

    func station(_ kind: String) -> String { "\(folder)/stations/demo-\(kind).yaml" }

    func writeFiles() throws(MintmarkError) {
        try Folders.make("\(folder)/stations")
        try Folders.make("\(folder)/templates/ledevb")
        try Folders.writeNew(Self.template, to: "\(folder)/templates/ledevb/template.yaml", mode: 0o644)
        try Folders.writeNew(Self.properties, to: "\(folder)/templates/ledevb/properties.csv", mode: 0o644)
        for kind in Self.kinds { try Folders.writeNew(stationText(kind), to: station(kind), mode: 0o644) }
    }

    /// Verifies a station's ledger, prints its sum and writes its exports.
    func report(_ kind: String) throws {
        let ledger = "\(folder)/var/demo-\(kind).sqlite"
        let verification = try LedgerVerifier(at: ledger).verify()
        let reader = try LedgerReader(at: ledger)
        let account = try reader.account()
        let csv = "\(folder)/demo-\(kind)-units.csv"
        _ = try reader.exportCSV(.units, to: csv)
        let logs = try reader.exportManufacturingLog(to: folder, name: "demo-\(kind)")
        Terminal.output(
            "demo-\(kind): ledger \(verification.isIntact ? "consistent" : "BROKEN"), \(verification.entries) entries, \(ledger)"
        )
        Terminal.output("  DSNs: \(account.description)")
        Terminal.output("  manufacturing log: \(logs.map(\.path).joined(separator: ", "))")
        Terminal.output("  units: \(csv)")
        guard verification.isIntact, account.isBalanced else {
            throw MintmarkError(
                .ledgerFault, "the ledger of demo-\(kind) is not consistent", next: "Report this as a bug.")
        }
    }

    private func stationText(_ kind: String) -> String {
        let secret = kind == "config" ? "  oem-secret: file:../secrets/oem-secret\n" : ""
        let user = kind == "verify" ? "admin" : kind
        let network = kind == "verify" ? "test-wifi: { ssid: bench-net, security: none }\n" : ""
        let slots = (1...units).map { "  - { name: U\($0), port: \(folder)/units/unit-\($0) }" }.joined(separator: "\n")
        return """
            station: demo-\(kind)
            kind: \(kind)
            template: ../templates/ledevb
            account: { oem-id: "0dfc7900" }
            cloud:
              region: us
              deployment: dev
              endpoints: { user: "\(url)", factory-proxy: "\(url)", device: "\(url)" }
              ca-file: ../secrets/ca.pem
            secrets:
            \(secret)  user: file:../secrets/user-\(user).json
              head-key: file:../secrets/head-key-\(kind)
            \(network)ledger: ../var/demo-\(kind).sqlite
            head: ../secrets/demo-\(kind).head
            slots:
            \(slots)

            """
    }

    /// The cloud's side of the template.
    static let cloudTemplate = CloudTemplate(
        id: 1, name: "Demo board", oem: "0dfc7900", oemModel: "ledevb", version: "1.0",
        properties: [
            .init("Blue_LED", .boolean, .input), .init("Blue_button", .boolean, .output),
            .init("version", .string, .output, isHostVersion: true),
        ])

    private static let properties = """
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
        oem-model: ledevb
        oem-host-version: "1.0"
        firmware: ["2.4.7", "2.9.1"]
        wifi-ap: { ssid-mac: "Ayla-", security: none }

        """
}
