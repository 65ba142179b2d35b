// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkStation

/// Reads texts as the tool reads files, and gives what was wrong with them.
enum Reading {
    static func yaml(_ text: String, file: String = "f.yaml") throws(MintmarkError) -> ConfigNode {
        try YAMLDocument.parse(Array(text.utf8), file: file, code: .badStationFile)
    }

    static func csv(_ text: String, file: String = "p.csv") throws(MintmarkError) -> ConfigNode {
        try CSVDocument.parse(Array(text.utf8), file: file, code: .badTemplate)
    }

    static func station(_ text: String) throws(MintmarkError) -> StationFile {
        try station(node: yaml(text, file: "s.yaml"))
    }

    static func station(
        node: ConfigNode, template: String = goodTemplate, folder: String = "/bench/stations"
    ) throws(MintmarkError) -> StationFile {
        try StationFile.decode(node, folder: folder) { (_) throws(MintmarkError) in try Self.template(template) }
    }

    static func template(_ text: String, properties: String? = nil) throws(MintmarkError) -> Template {
        let node = try YAMLDocument.parse(Array(text.utf8), file: "t.yaml", code: .badTemplate)
        return try Template.decode(
            node, name: "product", properties: properties.map { (text) throws(MintmarkError) in try csv(text) })
    }

    /// The text of the error that `read` throws, nil when it throws none.
    static func problem<Value>(_ read: () throws(MintmarkError) -> Value) -> String? {
        do {
            _ = try read()
            return nil
        } catch {
            return error.what
        }
    }

    /// The tree of the project's own files.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static let goodStation = """
        station: line-a-1
        kind: config
        template: ../templates/ledevb
        account: { oem-id: "0dfc7900" }
        cloud:
          region: us
          deployment: dev
          endpoints:
            user: https://127.0.0.1:8443
            factory-proxy: https://proxy.example/
          ca-file: ca.pem
          proxy: http://proxy.example:3128
        secrets:
          oem-secret: file:secrets/oem-secret
          user: credential:user
          spool-key: file:/etc/mintmark/spool-key
          head-key: credential:head-key
          head-key-before: file:secrets/head-key-2025
          head-pin: credential:head-pin
        ledger: var/../line-a-1.sqlite
        head: /srv/heads/line-a-1.head
        slots:
          - { name: A1, usb: "1-1.4:1.0" }
          - { name: A2, port: /dev/ttyUSB0, baud: 9600 }

        """

    static let goodTemplate = """
        family: bc
        module-model: AY001MTP1
        mfg-model: WD-201
        mfg-serial: { prefix: "wd-", from: counter }
        odm: Acme Works
        oem-model: ledevb
        oem-host-version: 1.0
        firmware: ["2.4.7", 2.10]
        regions: [us, cn]
        wifi-ap: { ssid-mac: "Ayla-", security: WPA2_Personal }
        presence: probe
        allow-reenable: false

        """
}
