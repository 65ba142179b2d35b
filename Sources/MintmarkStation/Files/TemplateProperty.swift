// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// One property of the digital twin, a row of properties.csv.
///
/// Source: Ayla developer portal, template property import: the first row names the columns, in any order.
package struct TemplateProperty: Sendable, Equatable {
    package typealias BaseType = TwinProperty.BaseType
    package typealias Direction = TwinProperty.Direction
    package typealias Scope = TwinProperty.Scope

    package let name: String
    package let baseType: BaseType
    package let direction: Direction
    package let scope: Scope
    package let ackEnabled: Bool

    /// The last one may be missing.
    package static let columns = ["base_type", "direction", "name", "scope", "ack_enabled"]

    var json: JSONObject {
        [
            "ack_enabled": .bool(ackEnabled), "base_type": .string(baseType.rawValue),
            "direction": .string(direction.rawValue), "name": .string(name), "scope": .string(scope.rawValue),
        ]
    }

    /// Checks a file of its own.
    ///
    /// - Throws: `.badTemplate` with every problem.
    package static func decode(_ node: ConfigNode) throws(MintmarkError) -> [TemplateProperty] {
        let reader = ConfigReader(code: .badTemplate)
        let properties = read(node, reader)
        try reader.finish()
        return properties
    }

    /// Checks the rows; `node` is a list of lists of texts.
    static func read(_ node: ConfigNode, _ reader: ConfigReader) -> [TemplateProperty] {
        let rows = cells(node)
        guard let first = rows.first, let header = Self.header(first, reader) else {
            if rows.isEmpty { reader.report(node.place, found: "no row", expected: "the columns' names") }
            return []
        }
        var properties: [TemplateProperty] = []
        var names = Set<String>()
        for row in rows.dropFirst() {
            guard let start = row.first, row.count == header.count else {
                let place = row.first?.place ?? node.place
                reader.report(place, found: "\(row.count) fields", expected: "\(header.count), as in the first row")
                continue
            }
            let map = ConfigMap(
                reader: reader, place: start.place, members: Dictionary(uniqueKeysWithValues: zip(header, row)))
            guard let property = TemplateProperty(map) else { continue }
            if !names.insert(property.name).inserted {
                let place = map.optional("name")?.place ?? map.place
                reader.report(place, found: "the property \(property.name.quoted) again", expected: "each name once")
            }
            properties.append(property)
        }
        return properties
    }

    init(name: String, baseType: BaseType, direction: Direction, scope: Scope, ackEnabled: Bool) {
        self.name = name
        self.baseType = baseType
        self.direction = direction
        self.scope = scope
        self.ackEnabled = ackEnabled
    }

    /// Nil after a problem was reported.
    private init?(_ row: ConfigMap) {
        let name = row.text(
            "name", "a name: 1-255 printable characters without blank, comma and quote", where: Self.isName)
        let baseType = row.choice("base_type", BaseType.self)
        let direction = row.choice("direction", Direction.self)
        let scope = row.choice("scope", Scope.self)
        var ack: String?
        if let cell = row.optional("ack_enabled"), cell.content != .scalar("") {
            ack = row.optionalText("ack_enabled", "true, false or nothing", where: { $0 == "true" || $0 == "false" })
        }
        guard let name, let baseType, let direction, let scope else { return nil }
        self.init(name: name, baseType: baseType, direction: direction, scope: scope, ackEnabled: ack == "true")
    }

    /// The columns' names, each known and once; nil after a problem was reported.
    private static func header(_ row: [ConfigNode], _ reader: ConfigReader) -> [String]? {
        let required = columns.dropLast()
        var names: [String] = []
        var isGood = true
        for cell in row {
            guard case .scalar(let name) = cell.content, columns.contains(name), !names.contains(name) else {
                let found = if case .scalar(let name) = cell.content { name.quoted } else { "no name" }
                reader.report(
                    cell.place, found: "the column \(found)", expected: "\(columns.joined(separator: ", ")), each once")
                isGood = false
                continue
            }
            names.append(name)
        }
        let missing = required.filter { !names.contains($0) }
        if let place = row.first?.place, !missing.isEmpty {
            reader.report(
                place, found: "no column \(missing.joined(separator: ", "))",
                expected: "the columns \(required.joined(separator: ", "))")
            isGood = false
        }
        return isGood ? names : nil
    }

    private static func cells(_ node: ConfigNode) -> [[ConfigNode]] {
        guard case .list(let rows) = node.content else { return [] }
        return rows.map { row in if case .list(let cells) = row.content { cells } else { [] } }
    }
}
