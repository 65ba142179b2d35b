// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension StationFile {
    package static let offlineKeys = ["units", "hours"]
    package static let poolKeys = ["low", "refill", "most"]

    static func offline(_ reader: ConfigReader, _ node: ConfigNode) -> OfflineLimits {
        let map = reader.map(node, "the limits without a cloud", keys: offlineKeys)
        let limits = OfflineLimits(
            units: map.optionalNumber("units", 1...1_000_000), hours: map.optionalNumber("hours", 1...10_000))
        if let members = map.members, members.isEmpty {
            reader.report(node.place, found: "no limit", expected: "units, hours or both")
        }
        return limits
    }

    /// Nil after a problem was reported.
    static func pool(_ reader: ConfigReader, _ node: ConfigNode, kind: StationKind?) -> PoolRefill? {
        let map = reader.map(node, "the pool", keys: poolKeys)
        let low = map.number("low", 1...100_000)
        let most = map.number("most", 1...100_000)
        let block = map.optionalNumber("refill", 1...PoolRefill.largestBlock) ?? PoolRefill.largestBlock
        if kind == .config {
            reader.report(node.place, found: "a pool", expected: "none: the units of a config station have their DSNs")
        }
        guard let low, let most else { return nil }
        guard low <= most else {
            reader.report(node.place, found: "low \(low), most \(most)", expected: "low not above most")
            return nil
        }
        return PoolRefill(low: low, block: block, most: most)
    }
}

extension ConfigMap {
    /// A required number; nil after a problem was reported.
    fileprivate func number(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        text(key, Self.what(range)) { Self.number($0, range) != nil }.flatMap { Self.number($0, range) }
    }

    fileprivate func optionalNumber(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        optionalText(key, Self.what(range)) { Self.number($0, range) != nil }.flatMap { Self.number($0, range) }
    }

    private static func what(_ range: ClosedRange<Int>) -> String {
        "a number, \(range.lowerBound)-\(range.upperBound)"
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>) -> Int? {
        guard text.utf8.allSatisfy(FieldRules.isDigit), let number = Int(text), range.contains(number) else {
            return nil
        }
        return number
    }
}
