// SPDX-License-Identifier: Apache-2.0

/// The module's commands. Each returns the lines of its reply; none is silence, which is success.
extension VirtualModule {
    mutating func answer(_ words: [String], at time: Int64) -> [String] {
        guard let command = words.first else { return [] }
        let arguments = Array(words.dropFirst())
        switch command {
        case "show": return show(arguments)
        case "version": return [versionLine]
        case "id": return id(arguments)
        case "file": return file(arguments)
        case "oem": return oem(arguments, at: time)
        case "wifi": return wifi(arguments, at: time)
        case "client": return client(arguments)
        case "mfg_mode": return manufacturingMode(arguments)
        case "setup_mode": return setupMode(arguments)
        case "time": return ["UTC Time:  01/01/1970 00:00:00, Time Since Boot: \((time - bootedAt) / 1000) ms"]
        case "rssi":
            log("i", "wifi", "RSSI average -56", at: time)
            return []
        default: return ["unrecognized command"]
        }
    }

    var mayConfigure: Bool { bootMode != .user }

    private var versionLine: String { "bc \(options.firmware) 03/02/16 18:20:11 ID 5d1c0aa" }

    private mutating func show(_ words: [String]) -> [String] {
        switch words.first {
        case "id": return identityLines
        case "version": return [versionLine]
        case "oem": return oemLines
        case "wifi": return wifiLines
        case "test_status":
            let time = has(.notTested) ? 0 : options.testTime
            return [time == 0 ? "test_status: none 0" : "test_status: complete \(time)"]
        case "conf": return ["types: f = factory, s = startup, r = running"]
        case "host": return ["host: none"]
        default: return ["usage: show [id|version|oem|wifi|conf|host|test_status]"]
        }
    }

    private var identityLines: [String] {
        let mac: String? =
            if has(.macMissing) { nil } else if has(.macZero) { "000000000000" } else if has(.macMulticast) {
                "0110f4a7c311"
            } else { options.mac }
        let values = [
            ("model", running.id["model"]), ("serial", running.id["serial"]), ("dev_id", running.id["dev_id"]),
            ("mfg_model", running.id["mfg_model"]), ("mfg_serial", running.id["mfg_serial"]),
            ("stm32_sig", options.hwsig), ("mac_addr", mac),
        ]
        return values.map { "id: \($0.0) \"\($0.1 ?? "")\"" }
    }

    private mutating func id(_ words: [String]) -> [String] {
        guard bootMode == .manufacturing else { return ["not in mfg mode"] }
        if has(.notTested) { return ["no record of mfg tests passing"] }
        if words == ["reset"] {
            running.id = [:]
            return []
        }
        guard words.count == 2 else {
            return ["usage: id <name> <value>", "supported names are:  dev_id, serial, model, mfg_model, mfg_serial"]
        }
        let limits = ["serial": 20, "dev_id": 20, "model": 23, "mfg_model": 23, "mfg_serial": 31, "mac_addr": 12]
        guard let limit = limits[words[0]] else { return ["setting \(words[0]) not supported"] }
        guard (1...limit).contains(words[1].utf8.count), !words[1].contains(",") else { return ["invalid value"] }
        if words[0] == "mac_addr" { options.mac = words[1] } else { running.id[words[0]] = words[1] }
        return []
    }

    private mutating func file(_ words: [String]) -> [String] {
        guard bootMode == .manufacturing else { return ["not in mfg mode"] }
        guard words.count == 2 else { return ["usage: file <cmd> <arg>"] }
        switch words[0] {
        case "start":
            guard words[1] == "0" else { return ["invalid file number"] }
            running.file0 = ""
            return []
        case "add":
            let whole = running.file0 + words[1]
            running.file0 = String(whole.prefix(400))
            return whole.utf8.count > 400 ? ["length (\(whole.utf8.count)) exceeds maximum (400), truncating"] : []
        case "crc":
            guard words[1] == "0" else { return ["invalid file number"] }
            var crc = ModuleCRC.jamCRC(running.file0)
            if let fault = strike(.crcDiffers, on: "file crc 0") {
                fire(fault)
                crc ^= 1
            }
            return ["file 0 len \(running.file0.utf8.count) crc \(String(crc, radix: 16))"]
        default: return ["usage: file <cmd> <arg>"]
        }
    }

    private mutating func client(_ words: [String]) -> [String] {
        switch words {
        case ["test"]: return []
        case let words where words.count == 3 && words[0] == "server" && words[1] == "region":
            guard mayConfigure else { return ["not in mfg or setup mode"] }
            guard ["CN", "US", ""].contains(words[2]) else {
                return ["unknown region code \(words[2])", "usage: client server region <CN|US>"]
            }
            running.region = words[2]
            return []
        default: return ["usage: client [server region <code>|test]"]
        }
    }

    private mutating func manufacturingMode(_ words: [String]) -> [String] {
        guard bootMode == .manufacturing else { return ["not in mfg mode"] }
        guard words == ["disable"] else { return ["usage: mfg_mode disable"] }
        running.mode = .setup
        return []
    }

    private mutating func setupMode(_ words: [String]) -> [String] {
        switch words.first {
        case "disable":
            guard bootMode == .setup else { return ["not in setup mode"] }
            running.mode = .user
            return []
        case "enable": return words.count == 2 ? ["wrong key"] : ["usage: setup_mode enable <key>"]
        case "show": return [bootMode == .setup ? "setup_mode enabled" : "setup_mode disabled"]
        default: return ["usage error"]
        }
    }
}

/// CRC-32/JAMCRC, as the module prints of a file.
enum ModuleCRC {
    static func jamCRC(_ text: String) -> UInt32 {
        text.utf8.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }
}
