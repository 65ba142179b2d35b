// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The reply to `show id`: lines `id: NAME "VALUE"` in any order, unknown names ignored.
struct ShowID {
    private let items: [String: String]

    /// Nil when a line is no such item: it was spoiled on the wire or by a log line.
    init?(_ lines: [String]) {
        var items: [String: String] = [:]
        for line in lines {
            let text = line.drop { $0 == " " }
            guard text.hasPrefix("id: "), text.hasSuffix("\"") else { return nil }
            let parts = text.dropFirst(4).dropLast().split(separator: "\"", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].hasSuffix(" ") else { return nil }
            items[String(parts[0].dropLast())] = String(parts[1])
        }
        guard !items.isEmpty else { return nil }
        self.items = items
    }

    func identity() throws(MintmarkError) -> UnitIdentity {
        guard let mac = value("mac_addr") else {
            throw MintmarkError(
                .macMissing, "the unit shows no MAC address",
                next: "Put the unit aside: its hardware address was not programmed.", errCode: 71)
        }
        var signature: HardwareSignature?
        if let text = value("stm32_sig") ?? value("hwsig") { signature = try HardwareSignature(text) }
        var dsn: DSN?
        if let text = value("serial") ?? value("dev_id") { dsn = try DSN(text) }
        return UnitIdentity(
            mac: try MAC(mac), hwsig: signature, dsn: dsn, model: value("model"), mfgModel: value("mfg_model"),
            mfgSerial: value("mfg_serial"))
    }

    private func value(_ name: String) -> String? {
        guard let value = items[name], !value.isEmpty else { return nil }
        return value
    }
}
