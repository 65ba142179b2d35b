// SPDX-License-Identifier: Apache-2.0

extension TwinCheck {
    /// Those the list names must be there as it says; others are told and do no harm. `oem_host_version` is always
    /// expected: the cloud makes it.
    func properties(_ seen: SeenTwin) -> [TwinFinding] {
        let shown = Dictionary(seen.properties.map { ($0.name, $0) }) { first, _ in first }
        var expected = properties
        if !expected.contains(where: { $0.name == TwinProperty.hostVersionName }) {
            var version = TwinProperty(name: TwinProperty.hostVersionName)
            (version.baseType, version.direction) = ("string", "output")
            expected.append(version)
        }
        let count = "\(expected.count) properties"
        let own = expected.filter { $0.name != TwinProperty.hostVersionName }
        guard own.isEmpty || own.contains(where: { shown[$0.name] != nil }) else {
            return [
                TwinFinding(
                    "properties", .differs, expected: count, shown: "none", text: "none of \(own.count) is there",
                    next: "They come with the template: settle that first.")
            ]
        }
        let differences = expected.compactMap { Self.difference(of: $0, from: shown[$0.name]) }
        let all = differences.isEmpty ? [Self.good("properties", count, count)] : differences
        return all + extra(seen.properties, beyond: Set(expected.map(\.name)))
    }

    private static func difference(of expected: TwinProperty, from shown: TwinProperty?) -> TwinFinding? {
        let name = Self.shown(expected.name)
        guard let shown else {
            return TwinFinding(
                "properties", .differs, expected: Self.words(expected), shown: "missing", text: "\(name) is missing",
                next:
                    "The template in the cloud is not the one of properties.csv: import it again, or correct the file.")
        }
        // What the cloud does not show is not compared, but for the two that it always shows.
        let pairs = [
            ("base type", expected.baseType, shown.baseType ?? "nothing"),
            ("direction", expected.direction, shown.direction ?? "nothing"),
            ("scope", expected.scope, shown.scope ?? expected.scope),
        ]
        let wrong = pairs.filter { $0.1 != nil && $0.1 != $0.2 }
        guard !wrong.isEmpty else { return nil }
        let text = wrong.map { "\($0.0) is \(Self.shown($0.2)), expected \($0.1 ?? "")" }.joined(separator: "; ")
        return TwinFinding(
            "properties", .differs, expected: Self.words(expected), shown: Self.words(shown),
            text: "\(name): \(text)",
            next: "The template in the cloud is not the one of properties.csv: import it again, or correct the file.")
    }

    private func extra(_ shown: [TwinProperty], beyond expected: Set<String>) -> [TwinFinding] {
        let names = shown.map(\.name).filter { !expected.contains($0) }.sorted()
        guard !names.isEmpty else { return [] }
        let listed = names.prefix(10).map { Self.shown($0) }.joined(separator: ", ")
        let more = names.count > 10 ? " and \(names.count - 10) more" : ""
        return [
            TwinFinding(
                "properties", .note, expected: "none beyond properties.csv", shown: "\(names.count) more",
                text: "not in properties.csv: \(listed)\(more)",
                next: "Nothing to do for the unit; add them to properties.csv if they belong to the product.")
        ]
    }

    private static func words(_ property: TwinProperty) -> String {
        [property.name, property.baseType, property.direction, property.scope].compactMap(\.self)
            .map { Self.shown($0) }.joined(separator: " ")
    }
}
