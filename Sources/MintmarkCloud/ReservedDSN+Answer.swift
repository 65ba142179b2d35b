// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension ReservedDSN {
    /// The DSNs of a reserve answer, `[{"device":{"dsn","public_key"}}, …]`; nil unless every element has both and no
    /// DSN stands twice. Whether a key is of the right kind is for whoever writes it to judge.
    static func list(_ body: [UInt8]) -> [ReservedDSN]? {
        guard let items = LooseJSON(bytes: body)?.array else { return nil }
        let list = items.compactMap { ReservedDSN($0["device"] ?? $0) }
        return list.count == items.count && Set(list.map(\.dsn)).count == list.count ? list : nil
    }

    private init?(_ object: LooseJSON) {
        guard let text = object["dsn"]?.text, let dsn = try? DSN(text), let pem = object["public_key"]?.text,
            let key = Self.der(pem), !key.isEmpty
        else { return nil }
        self.init(dsn: dsn, publicKey: key)
    }

    /// The bytes between the dashes, whatever the label, line width and line ends.
    private static func der(_ pem: String) -> [UInt8]? {
        let lines = pem.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
        return Base64.decode(lines.filter { !$0.hasPrefix("-----") }.joined())
    }
}
