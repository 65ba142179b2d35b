// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The reply to `show id`: lines `id: NAME "VALUE"` in any order, unknown names ignored.
struct ShowID: Equatable {
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
        return UnitIdentity(
            mac: try MAC(mac), hwsig: signature, dsn: try dsn(), model: value("model"), mfgModel: value("mfg_model"),
            mfgSerial: value("mfg_serial"))
    }

    /// The two places of the DSN hold the same, or one of them nothing.
    private func dsn() throws(MintmarkError) -> DSN? {
        guard let text = value("serial") ?? value("dev_id") else { return nil }
        let other = value("dev_id") ?? text
        guard other == text else {
            throw MintmarkError(
                .deviceRefused, "the unit shows two DSNs, serial \(text.prefix(40)) and dev_id \(other.prefix(40))",
                next: "Put the unit aside and tell the lead: a unit must never have two DSNs.", errCode: 62)
        }
        return try DSN(text)
    }

    /// What stands behind a name; nil when it is empty or not there.
    func value(_ name: String) -> String? {
        guard let value = items[name], !value.isEmpty else { return nil }
        return value
    }
}
