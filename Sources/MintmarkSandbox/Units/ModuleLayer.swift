// SPDX-License-Identifier: Apache-2.0

/// One layer of a module's configuration: what `save` keeps and a reset brings back.
struct ModuleLayer: Sendable, Equatable {
    var mode: ModuleMode
    /// serial, dev_id, model, mfg_model, mfg_serial; mac_addr where the address is not in hardware.
    var id: [String: String] = [:]
    var file0 = ""
    var oem = ""
    var oemModel = ""
    var oemHostVersion = ""
    /// 256 bytes; empty while no key is set.
    var oemKey: [UInt8] = []
    var region = ""
    var wifi = ModuleWifi()
}

/// Wi-Fi settings: profiles 0-9 and the access point's, which is number 10.
struct ModuleWifi: Sendable, Equatable {
    struct Profile: Sendable, Equatable {
        var ssid = ""
        var security = "none"
        var key = ""
        var isEnabled = false
    }

    static let accessPoint = 10

    var profiles = [Profile](repeating: Profile(), count: 11)
    var setupApp = ""
    var region = "US"
}
