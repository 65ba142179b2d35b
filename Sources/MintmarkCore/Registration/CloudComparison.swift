// SPDX-License-Identifier: Apache-2.0

/// Whether what the cloud shows of a unit is what we sent (design rule: a lost reply is resolved by looking).
package struct CloudComparison: Sendable, Equatable {
    /// Fields shown with another value, as `name: sent "a", shown "b"`.
    package private(set) var differences: [String] = []
    /// Fields that were sent and are not shown.
    package private(set) var notComparable: [String] = []
    /// Of those, the ones without which nothing may be concluded.
    package private(set) var missing: [String] = []
    /// Whether the cloud shows what only this call could have told it.
    package let hasLanded: Bool

    package init(of registration: Registration, with device: CloudDevice) {
        switch registration.call {
        case .manufacture: hasLanded = device.mac != nil || device.hwsig != nil
        case .provision: hasLanded = device.oemModel != nil
        }
        compare("dsn", registration.dsn.description, device.dsn.description, isRequired: true)
        compare("model", registration.model, device.model, isRequired: true)
        compare("mac", registration.mac.description, device.mac.map(Self.plainMAC), isRequired: true)
        compare("hwsig", registration.hwsig?.description, device.hwsig, isRequired: true)
        compare("oem", registration.oemID, device.oemID, isRequired: registration.call == .provision)
        compare("oem_model", registration.oemModel, device.oemModel, isRequired: registration.call == .provision)
        compare("oem_host_version", registration.oemHostVersion, device.oemHostVersion, isRequired: false)
        compare("manuf_model", registration.manufModel, device.manufModel, isRequired: false)
        compare("manuf_sn", registration.manufSN, device.manufSN, isRequired: false)
        compare("odm", registration.odm, device.odm, isRequired: false)
        compare("module_sw_version", registration.firmware, device.firmware, isRequired: false)
    }

    /// Everything that must be shown is shown, and nothing differs.
    package var isEqual: Bool { differences.isEmpty && missing.isEmpty }

    private mutating func compare(_ name: String, _ sent: String?, _ shown: String?, isRequired: Bool) {
        guard let sent else { return }
        guard let shown else {
            notComparable.append(name)
            if isRequired { missing.append(name) }
            return
        }
        if sent != shown { differences.append("\(name): sent \"\(sent)\", shown \"\(shown.prefix(64))\"") }
    }

    private static func plainMAC(_ text: String) -> String {
        (try? MAC(text).description) ?? text
    }
}
