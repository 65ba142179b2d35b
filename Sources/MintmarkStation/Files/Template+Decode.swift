package import MintmarkCore
// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCrypto

extension Template {
    /// The keys of a template, as docs/reference/template.schema.json lists them.
    package static let keys = [
        "family", "module-model", "mfg-model", "mfg-serial", "odm", "oem-model", "oem-host-version", "firmware",
        "regions", "wifi-ap", "presence", "allow-reenable",
    ]
    package static let mfgSerialKeys = ["prefix", "from"]
    package static let wifiAPKeys = ["ssid-mac", "security"]

    /// Checks a template; `properties` is the text of properties.csv where the product has one.
    ///
    /// - Throws: `.badTemplate` with every problem of the file.
    package static func decode(
        _ node: ConfigNode, name: String, propertiesFile: String, properties: [UInt8]?
    ) throws(MintmarkError) -> Template {
        let reader = ConfigReader(code: .badTemplate)
        let root = reader.map(node, "a template", keys: keys, unused: ["steps"])
        let family = root.choice("family", Family.self)
        let moduleModel = root.text("module-model", FieldRules.moduleModel, where: FieldRules.isModuleModel)
        let mfgModel = root.text("mfg-model", FieldRules.mfgModel, where: FieldRules.isMfgModel)
        var (prefix, source) = ("", SerialSource.counter)
        if let node = root.required("mfg-serial", "a map with prefix and from") {
            let map = reader.map(node, "mfg-serial", keys: mfgSerialKeys)
            prefix = map.optionalText("prefix", FieldRules.mfgSerialPrefix, where: FieldRules.isMfgSerialPrefix) ?? ""
            source = map.optionalChoice("from", or: .counter)
        }
        let odm = root.optionalText("odm", FieldRules.freeText, where: FieldRules.isFreeText)
        let oemModel = root.text("oem-model", FieldRules.oemModel, where: FieldRules.isOEMWord)
        let hostVersion = root.text("oem-host-version", FieldRules.freeText, where: FieldRules.isFreeText)
        let firmware = root.optional("firmware").map { node in
            reader.list(node, "a list of firmware versions").compactMap { item -> String? in
                guard let text = reader.text(item, "a version"), FieldRules.isFirmware(text) else { return nil }
                return text
            }
        }
        let regions = root.optional("regions").map { node in
            reader.list(node, "a list of regions").compactMap { item -> String? in
                guard let text = reader.text(item, "us, cn or eu") else { return nil }
                if CloudEnvironment.Region(rawValue: text) == nil {
                    reader.report(item.place, found: "\"\(text.prefix(40))\"", expected: "us, cn or eu")
                }
                return text
            }
        }
        let wifiAP = root.optional("wifi-ap").flatMap { node -> WifiAP? in
            let map = reader.map(node, "wifi-ap", keys: wifiAPKeys)
            let prefix = map.text("ssid-mac", "1-20 printable characters without blank", where: FieldRules.isSSIDPrefix)
            return prefix.map { WifiAP(ssidMAC: $0, security: map.optionalChoice("security", or: .none)) }
        }
        let presence = root.optionalChoice("presence", or: Presence.banner)
        if let node = root.optional("allow-reenable"), case .scalar(let text) = node.content, text != "false" {
            reader.report(
                node.place, found: "\"\(text.prefix(40))\"",
                expected: "false: re-enabling setup mode is not in this version")
        }
        var rows: [TemplateProperty] = []
        if let properties { rows = TemplateProperty.read(properties, file: propertiesFile, reader) }
        try reader.finish()
        guard let family, let moduleModel, let mfgModel, let oemModel, let hostVersion else {
            throw MintmarkError(.badTemplate, "the template is not whole", next: "Report this as a bug.")
        }
        var template = Template(
            name: name, family: family, moduleModel: moduleModel, mfgModel: mfgModel, mfgSerialPrefix: prefix,
            mfgSerialSource: source, odm: odm, oemModel: oemModel, oemHostVersion: hostVersion,
            firmware: firmware ?? [], regions: regions ?? CloudEnvironment.Region.allCases.map(\.rawValue),
            wifiAP: wifiAP, presence: presence, properties: rows, digest: "")
        template.digest = Hex.encode(SHA256.hash(CanonicalJSON.encode(template.json)))
        return template
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
