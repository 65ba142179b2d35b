// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// Device records: filled from calls, kept with their indexes, shown in answers.
extension CloudState {
    /// Takes over what the call brings; what it leaves out stays.
    func fill(_ device: inout FactoryDevice, from call: CloudCall, domAt: String?) {
        device.mac = call.text("mac") ?? device.mac
        device.hwsig = call.text("hwsig") ?? device.hwsig
        device.domAt = domAt ?? device.domAt
        device.manufModel = call.text("manuf_model") ?? device.manufModel
        device.manufSN = call.text("manuf_sn") ?? device.manufSN
        device.odm = call.text("odm") ?? device.odm
        device.firmware = call.text("module_sw_version") ?? device.firmware
        device.oemHostVersion = call.text("oem_host_version") ?? device.oemHostVersion
        device.adsConnectFlag = call.member("ads_connect_flag")?.bool ?? device.adsConnectFlag
        device.wifiSetupKey = call.text("wifi_setup_key").map { SharedSecret(text: $0) } ?? device.wifiSetupKey
    }

    mutating func store(_ device: FactoryDevice) {
        if let old = devices[device.dsn] {
            if let mac = old.mac { dsnByMAC[Self.plain(mac)] = nil }
            if let hwsig = old.hwsig { dsnByHwsig[hwsig] = nil }
        }
        devices[device.dsn] = device
        if let mac = device.mac { dsnByMAC[Self.plain(mac)] = device.dsn }
        if let hwsig = device.hwsig { dsnByHwsig[hwsig] = device.dsn }
    }

    /// The device as manufacture, provision or search answers it.
    func shown(_ device: FactoryDevice, by route: CloudRoute) -> JSONObject {
        var object: JSONObject = [
            "ads_connect_flag": device.adsConnectFlag.map { .bool($0) } ?? .null, "dom_at": JSONValue(device.domAt),
            "dsn": .string(device.dsn.description), "hwsig": JSONValue(device.hwsig),
            "mac": JSONValue(device.mac.map(formed)), "manuf_model": JSONValue(device.manufModel),
            "manuf_sn": JSONValue(device.manufSN), "model": .string(device.model.name),
            "module_sw_version": JSONValue(device.firmware), "odm": JSONValue(device.odm),
            "oem_host_version": JSONValue(device.oemHostVersion),
            "wifi_setup_key": JSONValue(device.wifiSetupKey?.asText),
        ]
        if route == .manufacture {
            if switches.hostVersion == .absent { object["oem_host_version"] = nil }
        } else {
            object["oem"] = JSONValue(device.oem)
            object["oem_model"] = JSONValue(device.oemModel)
        }
        if route == .search { object["state"] = .string(device.state.rawValue) }
        return object
    }

    /// PEM in the form of switch D23, as REST hands it out: lines of 76 characters, no last line end.
    func publicKeyPEM(number: Int) throws(MintmarkError) -> String {
        let key = try SandboxKeyPair(number: number).publicKey()
        let pem = key.pem(label: "RSA PUBLIC KEY", columns: 76, form: switches.publicKey == .spki ? .spki : .pkcs1)
        return pem.hasSuffix("\n") ? String(pem.dropLast()) : pem
    }

    /// A MAC address without separators, in lower case.
    static func plain(_ mac: String) -> String { mac.lowercased().filter { $0 != ":" && $0 != "-" } }

    func formed(_ mac: String) -> String {
        let plain = Array(Self.plain(mac))
        guard switches.mac == .colons, plain.count == 12 else { return mac }
        return stride(from: 0, to: 12, by: 2).map { String(plain[$0...$0 + 1]) }.joined(separator: ":")
    }
}

extension SharedSecret {
    /// Copies the text's bytes; the text itself is the caller's to forget.
    convenience init(text: String) {
        self.init(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }

    /// For the answer that must hold it.
    fileprivate var asText: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
