// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

extension StationFile {
    package static let witnessKeys = ["url", "key", "ca-file"]

    /// The witnesses without problems; names stand once.
    static func witnesses(_ reader: ConfigReader, _ node: ConfigNode, folder: String) -> [WitnessEntry] {
        var witnesses: [WitnessEntry] = []
        for item in reader.list(node, "a list of at least one witness") {
            let map = reader.map(item, "a witness", keys: witnessKeys)
            let url = map.text("url", FieldRules.witnessURL, where: FieldRules.isWitnessURL)
            let key = map.text("key", "a witness's verifier key, NAME+KEYID+BASE64") { Self.witnessKey($0) != nil }
            let caFile = map.optionalText("ca-file", "the path of a PEM file").map { absolute($0, folder) }
            guard let url, let key = key.flatMap(witnessKey) else { continue }
            if witnesses.contains(where: { $0.key.name == key.name }) {
                reader.report(map.place, found: "witness \(key.name) again", expected: "each witness once")
            }
            witnesses.append(
                WitnessEntry(url: url.hasSuffix("/") ? String(url.dropLast()) : url, key: key, caFile: caFile))
        }
        return witnesses
    }

    private static func witnessKey(_ text: String) -> NoteKey? {
        guard let key = try? NoteKey(parsing: text), key.algorithm == .cosignature else { return nil }
        return key
    }
}
