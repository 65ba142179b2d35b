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

        init(_ layer: ModuleLayer) {
            mode = layer.mode.rawValue
            id = layer.id
            file0 = layer.file0
            oem = layer.oem
            oemModel = layer.oemModel
            oemKey = layer.oemKey
            region = layer.region
            apSSID = layer.wifi.profiles[ModuleWifi.accessPoint].ssid
            apSecurity = layer.wifi.profiles[ModuleWifi.accessPoint].security
        }

        package var json: JSONObject {
            var values = JSONObject()
            for (name, value) in id { values[name] = .string(value) }
            return [
                "ap_security": .string(apSecurity), "ap_ssid": .string(apSSID), "file0": .string(file0),
                "id": .object(values), "mode": .string(mode), "oem": .string(oem),
                "oem_key": oemKey.isEmpty ? nil : .string(Base64.encode(oemKey)), "oem_model": .string(oemModel),
                "region": .string(region),
            ]
        }
    }

    /// Mode the module works in since its last boot.
    package let mode: String
    package let mac: String
    package let hwsig: String
    package let running: Layer
    /// What a reset brings back.
    package let saved: Layer
    package let boots: Int
    package let saves: Int
    package let fired: [String]

    package var json: JSONObject {
        [
            "boots": .number(boots), "fired": .texts(fired), "hwsig": .string(hwsig), "mac": .string(mac),
            "mode": .string(mode), "running": .object(running.json), "saved": .object(saved.json),
            "saves": .number(saves),
        ]
    }
}

extension VirtualModule {
    var state: ModuleState {
        ModuleState(
            mode: bootMode.rawValue, mac: options.mac, hwsig: options.hwsig, running: ModuleState.Layer(running),
            saved: ModuleState.Layer(startup ?? factory), boots: boots, saves: saves, fired: fired)
    }
}
