// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension StationFile {
    /// The keys of a station file, as docs/reference/station.schema.json lists them.
    package static let keys = [
        "station", "kind", "template", "account", "cloud", "secrets", "ledger", "head", "mirror", "witnesses",
        "offline", "pool", "slots", "test-wifi",
    ]
    package static let accountKeys = ["oem-id", "role"]
    private static let unusedKeys = ["interlocks", "presence"]

    /// Checks a station file and its template. Relative paths are taken from `folder`, the file's own.
    ///
    /// - Throws: `.badStationFile` with every problem of the file, else what `loadTemplate` throws.
    package static func decode(
        _ node: ConfigNode, folder: String, loadTemplate: (String) throws(MintmarkError) -> Template
    ) throws(MintmarkError) -> StationFile {
        let reader = ConfigReader(code: .badStationFile)
        let root = reader.map(node, "a station file", keys: keys, unused: unusedKeys)
        let station = root.text("station", FieldRules.stationName, where: FieldRules.isStationName)
        let kind = root.choice("kind", StationKind.self, later: ["assign"])
        let templatePath = root.text("template", "the path of a template's folder")
        let account = root.required("account", "a map with oem-id").map {
            reader.map($0, "the account", keys: accountKeys)
        }
        let oemID = account?.text("oem-id", FieldRules.oemID, where: FieldRules.isOEMWord)
        let role: CloudRole? = account?.optional("role").flatMap { reader.choice($0) }
        let cloud = root.required("cloud", "a map with region and deployment").flatMap {
            CloudPart(reader.map($0, "the cloud", keys: cloudKeys), folder: folder)
        }
        let secrets = root.required("secrets", "a map of secrets").flatMap {
            Self.secrets(reader, $0, kind: kind, folder: folder)
        }
        let ledger = root.text("ledger", "the path of the ledger's file")
        let head = root.optionalText("head", "the path of a file that holds the newest head")
        let witnesses = root.optional("witnesses").map { Self.witnesses(reader, $0, folder: folder) } ?? []
        let mirror = root.optionalText("mirror", "the path of a folder on another disk or host")
        let offline = root.optional("offline").map { Self.offline(reader, $0) } ?? OfflineLimits()
        let pool = root.optional("pool").flatMap { Self.pool(reader, $0, kind: kind) }
        let testWifi = TestWifi.read(root, kind: kind)
        let slots = root.required("slots", "a list of slots").map { Self.slots(reader, $0) } ?? []
        if let node = root.optional("offline"), let units = offline.units, units < slots.count {
            reader.report(
                node.place, found: "\(units) units with \(slots.count) slots", expected: "at least as many as slots")
        }
        try reader.finish()
        guard let station, let kind, let templatePath, let oemID, let cloud, let secrets, let ledger else {
            throw MintmarkError(.badStationFile, "the station file is not whole", next: "Report this as a bug.")
        }
        let template = try loadTemplate(absolute(templatePath, folder))
        let file = StationFile(
            station: station, kind: kind, template: template, account: CloudAccount(oemID: oemID), role: role,
            environment: cloud.environment,
            endpoints: cloud.endpoints, caFile: cloud.caFile, proxy: cloud.proxy, secrets: secrets,
            ledger: absolute(ledger, folder), headFile: head.map { absolute($0, folder) },
            mirror: mirror.map { absolute($0, folder) }, witnesses: witnesses, offline: offline, pool: pool,
            slots: slots, testWifi: testWifi)
        file.report(to: reader, region: cloud.regionPlace, secrets: root.optional("secrets")?.place ?? node.place)
        try reader.finish()
        return file
    }

    /// What station file and template must agree on.
    private func report(to reader: ConfigReader, region place: ConfigPlace, secrets secretsPlace: ConfigPlace) {
        if !template.regions.contains(environment.region.rawValue) {
            reader.report(
                place, found: environment.region.rawValue.quoted,
                expected: "a region of template \(template.name): \(template.regions.joined(separator: ", "))")
        }
        if let mix = sandboxMix {
            reader.report(
                place, found: mix, expected: "this station's services in one place: name them all under cloud.endpoints"
            )
        }
        if let testWifi, testWifi.security != .none, secrets[.testWifiKey] == nil {
            reader.report(
                secretsPlace, found: "no \"test-wifi-key\"",
                expected: "one: the test network \(testWifi.ssid) has a key")
        }
        let needsKey = headFile != nil || secrets[.headKeyBefore] != nil || !witnesses.isEmpty
        if secrets[.headKey] == nil, needsKey {
            reader.report(secretsPlace, found: "no \"head-key\"", expected: "one: without it no head is signed")
        }
        if secrets[.headPIN] == nil, secrets.values.contains(where: \.isToken) {
            reader.report(secretsPlace, found: "no \"head-pin\"", expected: "one: the head key is in a token")
        }
        if let wifi = template.wifiAP, wifi.security != .none, kind == .config, secrets[.spoolKey] == nil {
            reader.report(
                secretsPlace, found: "no \"spool-key\"",
                expected: "one: template \(template.name) gives every unit a Wi-Fi key")
        }
    }

    /// A cloud on this machine beside a host of the vendor: what signs in at one would be shown to the other. Nil when
    /// there is none.
    private var sandboxMix: String? {
        let addresses = kind.services.compactMap { service in
            endpoints.url(of: service).flatMap { CloudAddress(url: $0) }.map { (service, $0) }
        }
        guard let own = addresses.first(where: { $0.1.isLoopback }),
            let vendor = addresses.first(where: { !ServiceDirectory.rows(named: $0.1.host).isEmpty })
        else { return nil }
        return "\(own.0.rawValue) on this machine and \(vendor.0.rawValue) at \(vendor.1.host)"
    }

    /// Nil where no map stands.
    private static func secrets(
        _ reader: ConfigReader, _ node: ConfigNode, kind: StationKind?, folder: String
    ) -> [SecretName: SecretSource]? {
        let what = "file:PATH or credential:NAME, never the secret itself"
        let map = reader.map(
            node, "the secrets", keys: SecretName.allCases.map(\.rawValue),
            unused: ["setup-key", "setup-master"])
        guard map.members != nil else { return nil }
        var secrets: [SecretName: SecretSource] = [:]
        for name in SecretName.allCases {
            let isRequired = name == .user || name == .oemSecret && kind == .config
            guard let node = isRequired ? map.required(name.rawValue, what) : map.optional(name.rawValue) else {
                continue
            }
            let what = name.mayStayInToken ? "file:PATH, credential:NAME or pkcs11:URI without a PIN" : what
            guard let text = reader.text(node, what) else { continue }
            if text.hasPrefix("file:"), text.utf8.count > 5 {
                secrets[name] = .file(absolute(String(text.dropFirst(5)), folder))
            } else if text.hasPrefix("pkcs11:"), name.mayStayInToken, !text.contains("pin-") {
                secrets[name] = .token(text)
            } else if text.hasPrefix("credential:"), FieldRules.isCredential(String(text.dropFirst(11))) {
                secrets[name] = .credential(String(text.dropFirst(11)))
            } else {
                // Not quoted: somebody may have written the secret here.
                reader.report(node.place, found: "another text", expected: what)
            }
        }
        return secrets
    }

    /// The path from the file's folder, without `.` and `..`: it is shown to people and compared.
    static func absolute(_ path: String, _ folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : "\(folder)/\(path)").split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
