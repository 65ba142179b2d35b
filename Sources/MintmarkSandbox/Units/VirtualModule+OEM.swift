// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// OEM id, model and key.
extension VirtualModule {
    var oemLines: [String] {
        let lines = [
            "oem: \"\(running.oem)\"", "oem_model: \"\(running.oemModel)\"",
            "oem_key: \(running.oemKey.isEmpty ? "(not set)" : "(is set)")",
        ]
        return running.oemHostVersion.isEmpty ? lines : lines + ["oem_host_version: \(running.oemHostVersion)"]
    }

    mutating func oem(_ words: [String], at time: Int64) -> [String] {
        if words.isEmpty { return oemLines }
        guard mayConfigure else { return ["not in mfg or setup mode"] }
        switch words[0] {
        case "model":
            guard words.count == 2 else { return usage }
            if let refusal = refusal(of: words[1], "model") { return [refusal] }
            if options.clearsKeyOnChange, running.oemModel != words[1] { running.oemKey = [] }
            running.oemModel = words[1]
        case "host_version":
            guard words.count == 2 else { return usage }
            running.oemHostVersion = words[1]
        case "key":
            guard (2...3).contains(words.count) else { return usage }
            return setKey(words[1], model: words.count == 3 ? words[2] : running.oemModel, at: time)
        default:
            guard words.count == 1 else { return usage }
            if let refusal = refusal(of: words[0], "oem") { return [refusal] }
            if options.clearsKeyOnChange, running.oem != words[0] { running.oemKey = [] }
            running.oem = words[0]
        }
        return []
    }

    /// Silent also when it fails: only a log line tells.
    private mutating func setKey(_ secret: String, model: String, at time: Int64) -> [String] {
        if secret.isEmpty {
            running.oemKey = []
            return []
        }
        guard !running.oem.isEmpty, !running.oemModel.isEmpty else {
            return ["error: oem and oem model must be set before key"]
        }
        if faults.strikes(.oemKeyFails, at: "oem key") {
            log("E", "conf", "oem_key encryption failed.  rc -1", at: time)
            return []
        }
        guard let der = Base64.decode(running.file0), let key = try? RSAPublicKey(der: der) else {
            log("E", "conf", "pub key not set", at: time)
            return []
        }
        let plaintext = Array("\(clock(at: time)) \(secret) \(running.oem) \(model)".utf8)
        guard let encrypted = plaintext.withUnsafeBytes({ try? key.encrypt($0) }) else {
            log("E", "conf", "oem_key encryption failed.  rc -1", at: time)
            return []
        }
        running.oemKey = encrypted
        return []
    }

    private func refusal(of text: String, _ what: String) -> String? {
        if text.utf8.count > 20 { return "error: value too long" }
        let isWord = text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        }
        return isWord && !text.isEmpty && !text.hasPrefix("-") ? nil : "error: invalid \(what) value"
    }

    private var usage: [String] {
        [
            "usage: oem <name>", "   or: oem model <model>", "   or: oem host_version <version>",
            "   or: oem key <key> [<model>]",
        ]
    }
}
