// SPDX-License-Identifier: Apache-2.0

/// The `wifi` command: several settings may stand on one line.
extension VirtualModule {
    mutating func wifi(_ words: [String], at time: Int64) -> [String] {
        guard !words.isEmpty else { return ["usage: wifi [<name> <value>]..."] }
        var rest = words[...]
        while let name = rest.popFirst() {
            let lines: [String]
            switch name {
            case "commit":
                commit(at: time)
                lines = []
            case "profile": lines = value(&rest) { $0.setProfile($1) }
            case "ssid": lines = value(&rest) { $0.setSSID($1) }
            case "ssid-mac": lines = value(&rest) { $0.setSSIDPrefix($1) }
            case "security": lines = value(&rest) { $0.setSecurity($1) }
            case "key":
                lines = value(&rest) { module, key in
                    guard key.utf8.count <= 64 else { return ["invalid value"] }
                    module.running.wifi.profiles[module.profile].key = key
                    return []
                }
            case "setup_ios_app":
                lines = value(&rest) { module, app in
                    module.running.wifi.setupApp = app
                    return []
                }
            case "mac_addr":
                lines = value(&rest) { module, mac in module.hardwareAddress(mac) == nil ? ["invalid value"] : [] }
            case "ant": lines = value(&rest) { _, ant in ["0", "1", "3"].contains(ant) ? [] : ["invalid value"] }
            case "save_on_ap_connect", "save_on_server_connect":
                lines = value(&rest) { _, flag in ["0", "1"].contains(flag) ? [] : ["invalid value"] }
            case "listen", "power": lines = value(&rest) { _, number in Int(number) == nil ? ["invalid value"] : [] }
            case "region": lines = value(&rest) { $0.setRegion($1) }
            case "enable":
                if let flag = rest.first, ["0", "1"].contains(flag) { rest = rest.dropFirst() }
                lines = []
            case "join":
                join(at: time)
                lines = []
            case "disable", "scan", "wps": lines = []
            default: lines = ["setting \(name) not supported"]
            }
            if !lines.isEmpty { return lines }
        }
        return []
    }

    var wifiLines: [String] {
        let accessPoint = running.wifi.profiles[ModuleWifi.accessPoint]
        var lines = [
            accessPoint.isEnabled ? "Wi-Fi AP mode ssid \(accessPoint.ssid)" : "Wi-Fi idle not scanning",
            "RSSI 0 antenna 0",
            "region \(running.wifi.region)", "Net Down, Link Down", "save_on_server_connect off", "profiles:",
            "Index              Network         Security",
        ]
        for (index, profile) in running.wifi.profiles.enumerated()
        where !profile.ssid.isEmpty || index == ModuleWifi.accessPoint {
            let name = index == ModuleWifi.accessPoint ? "AP" : String(index)
            let flags = profile.isEnabled ? "" : "disabled"
            lines.append("\(pad(name, 5)) \(pad(profile.ssid, 20))  \(pad(profile.security, 15)) \(flags)")
        }
        return lines
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private mutating func value(
        _ rest: inout ArraySlice<String>, _ set: (inout VirtualModule, String) -> [String]
    ) -> [String] {
        guard let value = rest.popFirst() else { return ["usage: wifi [<name> <value>]..."] }
        return set(&self, value)
    }

    private mutating func setProfile(_ value: String) -> [String] {
        switch value {
        case "ap": profile = ModuleWifi.accessPoint
        case "enable": running.wifi.profiles[profile].isEnabled = true
        case "disable":
            guard profile != ModuleWifi.accessPoint else { return ["invalid value"] }
            running.wifi.profiles[profile].isEnabled = false
        case "erase": running.wifi.profiles[profile] = ModuleWifi.Profile()
        default:
            guard let number = Int(value), (0...9).contains(number), value.count == 1 else { return ["invalid value"] }
            profile = number
        }
        return []
    }

    private mutating func setSSID(_ value: String) -> [String] {
        guard (1...32).contains(value.utf8.count) else { return ["invalid value"] }
        running.wifi.profiles[profile].ssid = value
        return []
    }

    private mutating func setSSIDPrefix(_ value: String) -> [String] {
        guard profile == ModuleWifi.accessPoint, (1...20).contains(value.utf8.count) else { return ["invalid value"] }
        running.wifi.profiles[profile].ssid = value + mac.lowercased()
        return []
    }

    private mutating func setRegion(_ value: String) -> [String] {
        guard mayConfigure else { return ["not in mfg or setup mode"] }
        guard ["US", "CA", "EU", "JP", "CN", "AU", ""].contains(value) else { return ["invalid value"] }
        running.wifi.region = value
        return []
    }

    private mutating func setSecurity(_ value: String) -> [String] {
        guard mayConfigure || profile != ModuleWifi.accessPoint else { return ["not in mfg or setup mode"] }
        guard ["none", "WEP", "WPA", "WPA2_Personal", "WPA3_Personal"].contains(value) else { return ["invalid value"] }
        running.wifi.profiles[profile].security = value
        return []
    }

    private mutating func commit(at time: Int64) {
        let accessPoint = running.wifi.profiles[ModuleWifi.accessPoint]
        if accessPoint.isEnabled { log("i", "wifi", "Setting AP mode SSID \(accessPoint.ssid)", at: time) }
        join(at: time)
    }
}
