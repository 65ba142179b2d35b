// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkDevices

extension Station {
    /// What a run talks through, and what the run itself made for it.
    struct UnitTalk {
        let dialog: any UnitDialog
        /// A fresh Wi-Fi setup key, if units get one.
        var setupKey: SharedSecret?
        /// The dialog again, where it looks at the unit's twin.
        var verify: VerifyDialog?
    }

    /// The dialog for this station's kind and template.
    ///
    /// - Throws: `.badSecret` when a secret cannot be read.
    func talk(port: any SerialPort, isDryRun: Bool, transcript: Transcript) throws(MintmarkError) -> UnitTalk {
        let template = file.template
        switch file.kind {
        case .label:
            return UnitTalk(
                dialog: BCLabelDialog(
                    order: BCLabelDialog.Order(
                        moduleModel: template.moduleModel, mfgModel: template.mfgModel, firmware: template.firmware,
                        isDryRun: isDryRun),
                    port: port, timing: timing, transcript: transcript))
        case .verify:
            let dialog = try verifyDialog(port: port, transcript: transcript)
            return UnitTalk(dialog: dialog, verify: dialog)
        case .config:
            var setupKey: SharedSecret?
            var accessPoint: BCConfigDialog.AccessPoint?
            if let wifi = template.wifiAP {
                if wifi.security != .none { setupKey = SetupKeys.random() }
                accessPoint = BCConfigDialog.AccessPoint(
                    ssidPrefix: wifi.ssidMAC, security: wifi.security.rawValue, key: setupKey)
            }
            return UnitTalk(
                dialog: BCConfigDialog(
                    order: BCConfigDialog.Order(
                        moduleModel: template.moduleModel, firmware: template.firmware, oemID: file.oemID,
                        oemModel: template.oemModel, oemSecret: try secret(.oemSecret), accessPoint: accessPoint,
                        region: file.environment.region.moduleCode, isDryRun: isDryRun),
                    port: port, timing: timing, transcript: transcript), setupKey: setupKey)
        }
    }

    private func verifyDialog(port: any SerialPort, transcript: Transcript) throws(MintmarkError) -> VerifyDialog {
        guard let network = file.testWifi, let devices = outside.devices else {
            throw MintmarkError(
                .stationFault, "the station has no test network or no Device Service", next: "Report this as a bug.")
        }
        let template = file.template
        let unit = BCVerifyDialog(
            order: BCVerifyDialog.Order(
                moduleModel: template.moduleModel, firmware: template.firmware, oemID: file.oemID,
                oemModel: template.oemModel,
                network: BCVerifyDialog.TestNetwork(
                    ssid: network.ssid, security: network.security.rawValue,
                    key: network.security == .none ? nil : try secret(.testWifiKey))),
            port: port, timing: timing, transcript: transcript)
        return VerifyDialog(
            unit: unit, oemID: file.oemID, template: template,
            watch: TwinWatch(devices: devices, clock: outside.clock, timing: twinTiming) { [outside] in
                try await outside.trustsClock()
            })
    }

    func status(isDryRun: Bool) -> ManufacturingRecord.Status {
        switch file.kind {
        case .label: .label
        case .config: isDryRun ? .configTest : .config
        case .verify: .verify
        }
    }

    /// The request that tells the cloud of a unit that passed.
    func registration(of record: ManufacturingRecord, setupKey: SharedSecret?) -> Registration? {
        guard let call = file.kind.call, let dsn = record.dsn, let mac = record.mac, let model = record.model else {
            return nil
        }
        let isProvision = call == .provision
        return Registration(
            call: call, dsn: dsn, model: model, mac: mac, hwsig: record.hwsig, domAt: record.time,
            manufModel: record.mfgModel, manufSN: record.mfgSerial, odm: record.odm, firmware: record.firmware,
            oemID: isProvision ? file.oemID : nil, oemModel: isProvision ? file.template.oemModel : nil,
            oemHostVersion: isProvision ? file.template.oemHostVersion : nil, hasSetupKey: setupKey != nil)
    }
}

extension StationKind {
    /// Mode in which a unit leaves this kind of station.
    var finalMode: ConsolePrompt {
        switch self {
        case .label: .setup
        case .config, .verify: .user
        }
    }
}

extension Template {
    /// Whether units get no Wi-Fi setup key of their own.
    var hasNoSetupKey: Bool { wifiAP.map { $0.security == .none } ?? true }
}

extension CloudEnvironment.Region {
    /// The module's word for the region. It knows no code for Europe: the default region serves it.
    var moduleCode: String {
        switch self {
        case .us: "US"
        case .cn: "CN"
        case .eu: ""
        }
    }
}

extension SetupKeys {
    /// Sixteen characters a person can type: no 0, O, 1, l or I.
    static func random() -> SharedSecret {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
        var random = SystemRandomNumberGenerator()
        return SharedSecret(
            Secret(count: 16) { bytes in
                for index in bytes.indices { bytes[index] = alphabet[Int.random(in: alphabet.indices, using: &random)] }
            })
    }
}
