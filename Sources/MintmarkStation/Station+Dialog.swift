// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkDevices

extension Station {
    /// The dialog for this station's kind and template. Puts a fresh Wi-Fi setup key into `setupKey` if units get one.
    ///
    /// - Throws: `.badSecret` when a secret cannot be read.
    func dialog(
        port: any SerialPort, isDryRun: Bool, transcript: Transcript, setupKey: inout SharedSecret?
    ) throws(MintmarkError) -> any UnitDialog {
        let template = file.template
        switch file.kind {
        case .label:
            return BCLabelDialog(
                order: BCLabelDialog.Order(
                    moduleModel: template.moduleModel, mfgModel: template.mfgModel, firmware: template.firmware,
                    isDryRun: isDryRun),
                port: port, timing: timing, transcript: transcript)
        case .config:
            var accessPoint: BCConfigDialog.AccessPoint?
            if let wifi = template.wifiAP {
                if wifi.security != .none { setupKey = SetupKeys.random() }
                accessPoint = BCConfigDialog.AccessPoint(
                    ssidPrefix: wifi.ssidMAC, security: wifi.security.rawValue, key: setupKey)
            }
            return BCConfigDialog(
                order: BCConfigDialog.Order(
                    moduleModel: template.moduleModel, firmware: template.firmware, oemID: file.oemID,
                    oemModel: template.oemModel, oemSecret: try secret(.oemSecret), accessPoint: accessPoint,
                    region: file.environment.region.moduleCode, isDryRun: isDryRun),
                port: port, timing: timing, transcript: transcript)
        }
    }

    func status(isDryRun: Bool) -> ManufacturingRecord.Status {
        switch file.kind {
        case .label: .label
        case .config: isDryRun ? .configTest : .config
        }
    }

    /// The request that tells the cloud of a unit that passed.
    func registration(of record: ManufacturingRecord, setupKey: SharedSecret?) -> Registration? {
        guard let dsn = record.dsn, let mac = record.mac, let model = record.model else { return nil }
        let isProvision = file.kind.call == .provision
        return Registration(
            call: file.kind.call, dsn: dsn, model: model, mac: mac, hwsig: record.hwsig, domAt: record.time,
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
        case .config: .user
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
