// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The module's true state, which a station can only ask about.
package struct ModuleState: Sendable, Equatable {
    package struct Layer: Sendable, Equatable {
        package let mode: String
        package let id: [String: String]
        package let file0: String
        package let oem: String
        package let oemModel: String
        /// 256 bytes; empty while no key is set.
        package let oemKey: [UInt8]
        package let region: String
        package let apSSID: String
        package let apSecurity: String
        package let apKey: String
        package let isAPEnabled: Bool

        init(_ layer: ModuleLayer) {
            mode = layer.mode.rawValue
            id = layer.id
            file0 = layer.file0
            oem = layer.oem
            oemModel = layer.oemModel
            oemKey = layer.oemKey
            region = layer.region
            let accessPoint = layer.wifi.profiles[ModuleWifi.accessPoint]
            apSSID = accessPoint.ssid
            apSecurity = accessPoint.security
            apKey = accessPoint.key
            isAPEnabled = accessPoint.isEnabled
        }

        package var json: JSONObject {
            var values = JSONObject()
            for (name, value) in id { values[name] = .string(value) }
            return [
                "ap_enabled": .bool(isAPEnabled), "ap_key": .string(apKey), "ap_security": .string(apSecurity),
                "ap_ssid": .string(apSSID), "file0": .string(file0),
                "file0_crc": .string(String(ModuleCRC.jamCRC(file0), radix: 16)), "id": .object(values),
                "mode": .string(mode), "oem": .string(oem),
                "oem_key": oemKey.isEmpty ? nil : .string(Base64.encode(oemKey)), "oem_model": .string(oemModel),
                "region": .string(region),
            ]
        }
    }

    /// Mode the module works in since its last boot.
    package let mode: String
    package let mac: String
    package let hwsig: String
    package let factory: Layer
    /// Nil while nothing was saved over the factory layer.
    package let startup: Layer?
    package let running: Layer
    /// What a reset brings back.
    package var saved: Layer { startup ?? factory }
    package let boots: Int
    package let saves: Int
    package let fired: [String]

    package var json: JSONObject {
        [
            "boots": .number(boots), "factory": .object(factory.json), "fired": .texts(fired), "hwsig": .string(hwsig),
            "mac": .string(mac), "mode": .string(mode), "running": .object(running.json),
            "saves": .number(saves), "startup": startup.map { .object($0.json) },
        ]
    }
}

extension VirtualModule {
    var state: ModuleState {
        ModuleState(
            mode: bootMode.rawValue, mac: mac, hwsig: options.hwsig, factory: ModuleState.Layer(factory),
            startup: startup.map(ModuleState.Layer.init), running: ModuleState.Layer(running), boots: boots,
            saves: saves, fired: faults.fired)
    }
}
