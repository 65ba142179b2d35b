// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

extension Template {
    /// The keys of a template, as docs/reference/template.schema.json lists them.
    package static let keys = [
        "family", "module-model", "mfg-model", "mfg-serial", "odm", "oem-model", "oem-host-version", "firmware",
        "regions", "wifi-ap", "presence", "allow-reenable",
    ]
    package static let mfgSerialKeys = ["prefix", "from"]
    package static let wifiAPKeys = ["ssid-mac", "security"]

    /// Checks a template; `name` is its folder's, `properties` the rows of properties.csv where the product has one.
    ///
    /// - Throws: `.badTemplate` with every problem of both files.
    package static func decode(
        _ node: ConfigNode, name: String, properties: ConfigNode?
    ) throws(MintmarkError) -> Template {
        let reader = ConfigReader(code: .badTemplate)
        let root = reader.map(node, "a template", keys: keys, unused: ["steps"])
        let family = root.choice("family", Family.self, later: ["agent", "gateway"])
        let moduleModel = root.text("module-model", FieldRules.moduleModel, where: FieldRules.isModuleModel)
        let mfgModel = root.text("mfg-model", FieldRules.mfgModel, where: FieldRules.isMfgModel)
        let mfgSerial = Self.mfgSerial(reader, root)
        let odm = root.optionalText("odm", FieldRules.freeText, where: FieldRules.isFreeText)
        let oemModel = root.text("oem-model", FieldRules.oemModel, where: FieldRules.isOEMWord)
        let hostVersion = root.text("oem-host-version", FieldRules.freeText, where: FieldRules.isFreeText)
        let firmware = root.optional("firmware").map { node in
            reader.list(node, "a list of at least one version").compactMap {
                reader.text($0, FieldRules.firmware, where: FieldRules.isFirmware)
            }
        }
        let regions = root.optional("regions").map { node in
            reader.list(node, "a list of at least one region").compactMap { item -> CloudEnvironment.Region? in
                reader.choice(item)
            }
        }
        let wifiAP = root.optional("wifi-ap").flatMap { Self.wifiAP(reader, $0) }
        let presence = root.optionalChoice("presence", or: Presence.banner, later: ["modem", "scan"])
        if let node = root.optional("allow-reenable") {
            _ = reader.text(node, "false: re-enabling setup mode is not in this version", where: { $0 == "false" })
        }
        let rows = properties.map { TemplateProperty.read($0, reader) } ?? []
        try reader.finish()
        guard let family, let moduleModel, let mfgModel, let oemModel, let hostVersion else {
            throw MintmarkError(.badTemplate, "the template is not whole", next: "Report this as a bug.")
        }
        var template = Template(
            name: name, family: family, moduleModel: moduleModel, mfgModel: mfgModel,
            mfgSerialPrefix: mfgSerial.prefix, mfgSerialSource: mfgSerial.source, odm: odm, oemModel: oemModel,
            oemHostVersion: hostVersion, firmware: firmware ?? [],
            regions: (regions ?? CloudEnvironment.Region.allCases).map(\.rawValue), wifiAP: wifiAP, presence: presence,
            properties: rows, digest: "")
        template.digest = Hex.encode(SHA256.hash(CanonicalJSON.encode(template.json)))
        return template
    }

    private static func mfgSerial(_ reader: ConfigReader, _ root: ConfigMap) -> (prefix: String, source: SerialSource) {
        guard let node = root.required("mfg-serial", "a map with prefix and from") else { return ("", .counter) }
        let map = reader.map(node, "mfg-serial", keys: mfgSerialKeys)
        let prefix = map.optionalText("prefix", FieldRules.mfgSerialPrefix, where: FieldRules.isMfgSerialPrefix)
        let source = map.optionalChoice("from", or: SerialSource.counter, later: ["scan"])
        if source == .unit, let node = map.optional("prefix") {
            reader.report(node.place, found: "a prefix", expected: "none: the unit shows its whole mfg_serial")
        }
        return (prefix ?? "", source)
    }

    private static func wifiAP(_ reader: ConfigReader, _ node: ConfigNode) -> WifiAP? {
        let map = reader.map(node, "wifi-ap", keys: wifiAPKeys)
        let prefix = map.text("ssid-mac", FieldRules.ssidPrefix, where: FieldRules.isSSIDPrefix)
        let security = map.optionalChoice("security", or: WifiAP.Security.none)
        return prefix.map { WifiAP(ssidMAC: $0, security: security) }
    }

    /// The resolved template; its canonical form is what the digest is taken of.
    private var json: JSONObject {
        [
            "family": .string(family.rawValue), "firmware": .texts(firmware), "mfg_model": .string(mfgModel),
            "mfg_serial": .string("\(mfgSerialSource.rawValue):\(mfgSerialPrefix)"),
            "module_model": .string(moduleModel),
            "name": .string(name), "odm": .text(odm), "oem_host_version": .string(oemHostVersion),
            "oem_model": .string(oemModel), "presence": .string(presence.rawValue),
            "properties": .array(properties.map { .object($0.json) }), "regions": .texts(regions),
            "wifi_ap": wifiAP.map {
                .object(["security": .string($0.security.rawValue), "ssid_mac": .string($0.ssidMAC)])
            },
        ]
    }
}
