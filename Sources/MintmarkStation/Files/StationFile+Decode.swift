// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension StationFile {
    /// The keys of a station file, as docs/reference/station.schema.json lists them.
    package static let keys = ["station", "kind", "template", "account", "cloud", "secrets", "ledger", "slots"]
    package static let cloudKeys = ["region", "deployment", "endpoints", "ca-file", "proxy"]
    package static let endpointKeys = ["user", "factory-proxy"]
    package static let slotKeys = ["name", "port", "usb", "baud"]
    static let unusedSecrets = ["setup-key", "setup-master", "test-wifi-key"]

    /// Checks a station file and its template. Relative paths are taken from `folder`, the file's own.
    ///
    /// - Throws: `.badStationFile` with every problem of the file, else what `loadTemplate` throws.
    package static func decode(
        _ node: ConfigNode, folder: String, loadTemplate: (String) throws(MintmarkError) -> Template
    ) throws(MintmarkError) -> StationFile {
        let reader = ConfigReader(code: .badStationFile)
        let root = reader.map(node, "a station file", keys: keys)
        let station = root.text("station", FieldRules.stationName, where: FieldRules.isStationName)
        let kind = root.choice("kind", StationKind.self)
        let templatePath = root.text("template", "the path of a template's folder")
        let oemID = root.required("account", "a map with oem-id").flatMap {
            reader.map($0, "the account", keys: ["oem-id"])
                .text("oem-id", FieldRules.oemID, where: FieldRules.isOEMWord)
        }
        let cloud = root.required("cloud", "a map with region and deployment").flatMap {
            Cloud(reader.map($0, "the cloud", keys: cloudKeys), folder: folder)
        }
        let ledger = root.text("ledger", "the path of the ledger's file")
        let secrets =
            root.required("secrets", "a map of secrets").map { Self.secrets(reader, $0, folder: folder) } ?? [:]
        let slots = Self.slots(reader, root)
        for name in [SecretName.user] + (kind == .config ? [.oemSecret] : []) where secrets[name] == nil {
            if let place = root.optional("secrets")?.place {
                reader.report(place, found: "no \"\(name.rawValue)\"", expected: "file:PATH or credential:NAME")
            }
        }
        try reader.finish()
        guard let station, let kind, let templatePath, let oemID, let cloud, let ledger else {
            throw MintmarkError(.badStationFile, "the station file is not whole", next: "Report this as a bug.")
        }
        let template = try loadTemplate(absolute(templatePath, folder))
        let file = StationFile(
            station: station, kind: kind, template: template, oemID: oemID, environment: cloud.environment,
            endpoints: cloud.endpoints, caFile: cloud.caFile, proxy: cloud.proxy, secrets: secrets,
            ledger: absolute(ledger, folder), slots: slots)
        try file.checkAgainstTemplate(at: node.place, reader)
        return file
    }

    private func checkAgainstTemplate(at place: ConfigPlace, _ reader: ConfigReader) throws(MintmarkError) {
        let region = environment.region.rawValue
        if !template.regions.contains(region) {
            reader.report(
                place, found: "region \(region)",
                expected: "a region of template \(template.name): \(template.regions.joined(separator: ", "))")
        }
        if let wifi = template.wifiAP, wifi.security != .none, kind == .config, secrets[.spoolKey] == nil {
            reader.report(
                place, found: "no spool-key", expected: "one, as template \(template.name) gives every unit a Wi-Fi key"
            )
        }
        try reader.finish()
    }

    private static func secrets(_ reader: ConfigReader, _ node: ConfigNode, folder: String) -> [SecretName:
        SecretSource]
    {
        let map = reader.map(node, "the secrets", keys: SecretName.allCases.map(\.rawValue), unused: unusedSecrets)
        var secrets: [SecretName: SecretSource] = [:]
        for name in SecretName.allCases {
            let what = "file:PATH or credential:NAME, never the secret itself"
            guard let node = map.optional(name.rawValue), case .scalar(let text) = node.content else { continue }
            if text.hasPrefix("file:"), text.utf8.count > 5 {
                secrets[name] = .file(absolute(String(text.dropFirst(5)), folder))
            } else if text.hasPrefix("credential:"), FieldRules.isCredential(String(text.dropFirst(11))) {
                secrets[name] = .credential(String(text.dropFirst(11)))
            } else {
                // Not quoted: somebody may have written the secret here.
                reader.report(node.place, found: "another value", expected: what)
            }
        }
        return secrets
    }

    private static func slots(_ reader: ConfigReader, _ root: ConfigMap) -> [SlotConfiguration] {
        guard let node = root.required("slots", "a list of slots") else { return [] }
        var slots: [SlotConfiguration] = []
        for item in reader.list(node, "a list of slots") {
            let map = reader.map(item, "a slot", keys: slotKeys)
            guard let name = map.text("name", FieldRules.slotName, where: FieldRules.isSlotName) else { continue }
            let path = map.optionalText("port", "the path of a device node", where: { $0.hasPrefix("/") })
            let usb = map.optionalText(
                "usb", "a bus-port path and interface, as 1-1.4:1.0", where: FieldRules.isUSBPath)
            let baud = map.optionalText("baud", "bits per second", where: { Int($0).map { $0 > 0 } ?? false })
            let port: SlotConfiguration.Port
            switch (path, usb) {
            case (let path?, nil): port = .path(path)
            case (nil, let usb?): port = .usb(usb)
            default:
                if map.optional("port") == nil, map.optional("usb") == nil || map.optional("usb") != nil && path != nil
                {
                    reader.report(item.place, found: "no port", expected: "port or usb")
                } else if path != nil, usb != nil {
                    reader.report(item.place, found: "port and usb", expected: "one of the two")
                }
                continue
            }
            if slots.contains(where: { $0.name == name }) {
                reader.report(item.place, found: "slot \(name) again", expected: "a name of its own")
            }
            if slots.contains(where: { $0.port == port }) {
                reader.report(item.place, found: "the port of another slot", expected: "a port of its own")
            }
            slots.append(SlotConfiguration(name: name, port: port, baud: baud.flatMap { Int($0) } ?? 115_200))
        }
        if slots.isEmpty, case .list(let items) = node.content, items.isEmpty {
            reader.report(node.place, found: "an empty list", expected: "at least one slot")
        }
        return slots
    }

    /// The path from the file's folder, without `.` and `..`: it is shown to people and compared.
    fileprivate static func absolute(_ path: String, _ folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : "\(folder)/\(path)").split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// The `cloud` part of a station file.
private struct Cloud {
    let environment: CloudEnvironment
    let endpoints: CloudEndpoints
    let caFile: String?
    let proxy: String?

    init?(_ map: ConfigMap, folder: String) {
        let (region, deployment) = (
            map.choice("region", CloudEnvironment.Region.self),
            map.choice("deployment", CloudEnvironment.Deployment.self)
        )
        let (caFile, proxy) = (
            map.optionalText("ca-file", "the path of a PEM file"),
            map.optionalText("proxy", "http://HOST:PORT", where: FieldRules.isProxy)
        )
        guard let region, let deployment else { return nil }
        environment = CloudEnvironment(region: region, deployment: deployment)
        guard var endpoints = CloudEndpoints(environment) else {
            map.reader.report(
                map.place, found: "\(environment)", expected: "us/dev, us/field, cn/dev, cn/field or eu/field")
            return nil
        }
        if let node = map.optional("endpoints") {
            let given = map.reader.map(
                node, "the endpoints", keys: StationFile.endpointKeys, unused: ["device", "datastream"])
            let what = "https://HOST or https://HOST:PORT"
            if let user = given.optionalText("user", what, where: FieldRules.isBaseURL) { endpoints.user = user }
            if let proxy = given.optionalText("factory-proxy", what, where: FieldRules.isBaseURL) {
                endpoints.factoryProxy = proxy
            }
        }
        self.endpoints = endpoints
        self.caFile = caFile.map { StationFile.absolute($0, folder) }
        self.proxy = proxy
    }
}

extension FieldRules {
    /// A scheme, a host and perhaps a port; no user, path or query.
    static func isBaseURL(_ text: String) -> Bool { text.hasPrefix("https://") && isAuthority(text.dropFirst(8)) }

    static func isProxy(_ text: String) -> Bool {
        text.hasPrefix("http://") && isAuthority(text.dropFirst(7)) && text.dropFirst(7).contains(":")
    }

    static func isCredential(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && !text.contains("/") && text != ".." && text != "."
    }

    static func isUSBPath(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].contains("-") && parts[1].contains(".")
            && text.allSatisfy { $0.isASCII && ($0.isNumber || "-.:".contains($0)) }
    }

    private static func isAuthority(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let host = parts.first, !host.isEmpty else { return false }
        let isHost = host.utf8.allSatisfy {
            (48...57).contains($0) || (97...122).contains($0) || (65...90).contains($0) || $0 == 45 || $0 == 46
        }
        return isHost && (parts.count == 1 || Int(parts[1]).map { (1...65535).contains($0) } ?? false)
    }
}
