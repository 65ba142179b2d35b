// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Joining a network and the first call of the cloud.
extension VirtualModule {
    /// Begins with the first network that is enabled, unless it has begun before.
    mutating func join(at time: Int64) {
        guard bootMode == .user, !isJoining, let profile = network else { return }
        isJoining = true
        log("i", "wifi", "connecting to SSID \(profile.ssid) sec \(profile.security) signal -45 dBm", at: time)
        let connection = ModuleConnection(
            dsn: running.id["serial"] ?? "", isTest: isTest, oem: running.oem, oemModel: running.oemModel,
            oemKey: running.oemKey,
            templateVersion: running.oemHostVersion.isEmpty ? options.hostVersion : running.oemHostVersion, mac: mac,
            hwsig: options.hwsig, softwareVersion: "bc \(version)")
        schedule(.connect(connection, boot: boots), at: time + options.joinTime)
    }

    mutating func hear(_ answer: ModuleConnection.Answer, at time: Int64) {
        guard let profile = network else { return }
        guard answer != .noNetwork else {
            isJoining = false
            return log("i", "wifi", "Wi-Fi connect to \(profile.ssid): SSID not found", at: time)
        }
        log("i", "wifi", "join succeeded", at: time)
        log("i", "client", "ada_client_up: IP 192.168.1.44", at: time)
        log("i", "client", "get DSN \(running.id["serial"] ?? "")", at: time)
        switch answer {
        case .status(200..<300):
            log("i", "client", "OEM info put OK", at: time)
            log("i", "client", "listen enabled", at: time)
        case .status(let status): log("i", "client", "OEM info put failed status \(status)", at: time)
        case .silence, .noNetwork: log("i", "wifi", "timeout: timed out waiting for ADS", at: time)
        }
    }

    private var network: ModuleWifi.Profile? {
        running.wifi.profiles.prefix(ModuleWifi.accessPoint).first { $0.isEnabled && !$0.ssid.isEmpty }
    }

    /// Writes OEM data into every layer, as if a station had configured and saved it long ago.
    mutating func wear(_ oem: ModuleOptions.OEM) {
        func configured(_ layer: ModuleLayer) -> ModuleLayer {
            var layer = layer
            (layer.oem, layer.oemModel, layer.oemKey) = (oem.id, oem.model, oem.key)
            return layer
        }
        (factory, startup, running) = (configured(factory), startup.map(configured), configured(running))
    }
}
