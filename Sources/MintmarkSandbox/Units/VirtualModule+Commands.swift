// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

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
        case "time": return clockLines(at: time)
        case "rssi":
            log("i", "wifi", "RSSI average -56", at: time)
            return []
        // Subsystems that no dialog reads back: what they are told is taken and forgotten.
        case "gpio", "host", "power", "sched", "server", "secure", "eth", "locale", "log", "hw", "mfi":
            return mayConfigure ? [] : ["not in mfg or setup mode"]
        default: return ["unrecognized command"]
        }
    }

    var mayConfigure: Bool { bootMode != .user }

    /// UTC seconds by the module's own clock.
    func clock(at time: Int64) -> Int64 { options.clockAtBoot + (time - bootedAt) / 1_000_000 }

    private mutating func show(_ words: [String]) -> [String] {
        switch words.first {
        case "id": return identityLines
        case "version": return [versionLine]
        case "oem": return oemLines
        case "wifi": return wifiLines
        case "test_status":
            let time = faults.stands(.notTested) ? 0 : options.testTime
            return [time == 0 ? "test_status: none 0" : "test_status: complete \(time)"]
        case "conf": return ["types: f = factory, s = startup, r = running"]
        case "host": return ["host: none"]
        default: return ["usage: show [id|version|oem|wifi|conf|host|test_status]"]
        }
    }

    private var identityLines: [String] {
        let shown: String? =
            if faults.stands(.macMissing) {
                nil
            } else if faults.stands(.macZero) {
                "000000000000"
            } else if faults.stands(.macMulticast) {
                "0110f4a7c311"
            } else {
                mac
            }
        let values = [
            ("model", running.id["model"]), ("serial", running.id["serial"]), ("dev_id", running.id["dev_id"]),
            ("mfg_model", running.id["mfg_model"]), ("mfg_serial", running.id["mfg_serial"]),
            ("stm32_sig", options.hwsig), ("mac_addr", shown),
        ]
        return values.map { "id: \($0.0) \"\($0.1 ?? "")\"" }
    }

    private mutating func id(_ words: [String]) -> [String] {
        guard bootMode == .manufacturing else { return ["not in mfg mode"] }
        if faults.stands(.notTested) { return ["no record of mfg tests passing"] }
        if words == ["reset"] {
            running.id = [:]
            return []
        }
        guard words.count == 2 else {
            return ["usage: id <name> <value>", "supported names are:  dev_id, serial, model, mfg_model, mfg_serial"]
        }
        if words[0] == "mac_addr" {
            guard let mac = hardwareAddress(words[1]) else { return ["invalid value"] }
            running.id["mac_addr"] = mac
            return []
        }
        let limits = ["serial": 19, "dev_id": 19, "model": 23, "mfg_model": 23, "mfg_serial": 31]
        guard let limit = limits[words[0]] else { return ["setting \(words[0]) not supported"] }
        guard (1...limit).contains(words[1].utf8.count), !words[1].contains(",") else { return ["invalid value"] }
        running.id[words[0]] = words[1]
        return []
    }

    /// The address in hardware, unless one was written.
    var mac: String { running.id["mac_addr"] ?? options.mac }

    /// 12 hexadecimal digits, with or without colons; nil when the module refuses them.
    func hardwareAddress(_ text: String) -> String? {
        let digits = text.filter { $0 != ":" }
        guard digits.utf8.count == 12, let value = UInt64(digits, radix: 16), !digits.hasPrefix("+"),
            (value >> 40) & 1 == 0, options.takesUpperCaseMAC || digits == digits.lowercased()
        else { return nil }
        return digits
    }

    private mutating func file(_ words: [String]) -> [String] {
        guard bootMode == .manufacturing else { return ["not in mfg mode"] }
        guard words.count == 2 else { return ["usage: file <cmd> <arg>"] }
        switch words[0] {
        case "start":
            guard words[1] == "0" else { return ["invalid file number"] }
            running.file0 = ""
            hasStartedFile = true
            return []
        case "add":
            guard hasStartedFile else { return ["setting add not supported"] }
            let whole = running.file0 + words[1]
            running.file0 = String(whole.prefix(400))
            guard whole.utf8.count > 400, options.tellsOfLongFile else { return [] }
            return ["length (\(whole.utf8.count)) exceeds maximum (400), truncating"]
        case "crc":
            guard words[1] == "0" else { return ["invalid file number"] }
            let crc = ModuleCRC.jamCRC(running.file0) ^ (faults.strikes(.crcDiffers, at: "file crc 0") ? 1 : 0)
            return ["file 0 len \(running.file0.utf8.count) crc \(String(crc, radix: 16))"]
        default: return ["usage: file <cmd> <arg>"]
        }
    }

    private mutating func client(_ words: [String]) -> [String] {
        switch words {
        case ["test"]:
            isTest = true
            return []
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
        case "enable":
            guard words.count == 2 else { return ["usage: setup_mode enable <key>"] }
            guard words[1] == options.setupKey else { return ["wrong key"] }
            running.mode = .setup
            bootMode = .setup
            return []
        case "show": return [bootMode == .setup ? "setup_mode enabled" : "setup_mode disabled"]
        default: return ["usage error"]
        }
    }

    private func clockLines(at time: Int64) -> [String] {
        let now = UTCTime.fields(seconds: clock(at: time))
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let text =
            "\(pad(now.month))/\(pad(now.day))/\(now.year) \(pad(now.hour)):\(pad(now.minute)):\(pad(now.second))"
        return [
            "UTC Time:  \(text), Time Since Boot: \(milliseconds(time)) ms", "Local Time: \(text)", "DST: none",
        ]
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
