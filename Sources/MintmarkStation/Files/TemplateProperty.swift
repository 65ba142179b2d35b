// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One property of the digital twin, a line of properties.csv.
///
/// Source: Ayla developer portal, template property import: the first line names the columns, in any order.
package struct TemplateProperty: Sendable, Equatable {
    package enum BaseType: String, Sendable, CaseIterable { case boolean, integer, decimal, string, file, message }
    package enum Direction: String, Sendable, CaseIterable { case input, output }
    package enum Scope: String, Sendable, CaseIterable { case user, oem }

    package let name: String
    package let baseType: BaseType
    package let direction: Direction
    package let scope: Scope
    package let ackEnabled: Bool

    static let columns = ["base_type", "direction", "name", "scope", "ack_enabled"]

    var json: JSONObject {
        [
            "ack_enabled": .bool(ackEnabled), "base_type": .string(baseType.rawValue),
            "direction": .string(direction.rawValue), "name": .string(name), "scope": .string(scope.rawValue),
        ]
    }

    /// Reads the file; the format has no quoting, and a name with a comma cannot be imported by the portal either.
    static func read(_ bytes: [UInt8], file: String, _ reader: ConfigReader) -> [TemplateProperty] {
        func place(_ line: Int, _ column: Int = 1) -> ConfigPlace {
            ConfigPlace(file: file, line: line, column: column)
        }
        guard let text = String(validating: bytes, as: UTF8.self), bytes.count <= 1 << 20 else {
            reader.report(place(1), found: "no UTF-8 text of at most 1 MiB", expected: "a CSV file")
            return []
        }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let header = lines.first.map { fields($0).map(\.text) } ?? []
        for (text, column) in lines.first.map(fields) ?? [] where !columns.contains(text) {
            reader.report(
                place(1, column), found: "the column \"\(text.prefix(40))\"", expected: columns.joined(separator: ", "))
        }
        for name in columns.dropLast() where !header.contains(name) {
            reader.report(
                place(1), found: "no column \(name)",
                expected: "the columns \(columns.dropLast().joined(separator: ", "))")
        }
        guard Set(header).isSuperset(of: columns.dropLast()), Set(header).isSubset(of: columns) else { return [] }
        var rows: [TemplateProperty] = []
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let cells = fields(line)
            guard cells.count == header.count else {
                reader.report(
                    place(index + 1), found: "\(cells.count) fields", expected: "\(header.count), as in line 1")
                continue
            }
            let row = Row(
                cells: Dictionary(uniqueKeysWithValues: zip(header, cells)), line: index + 1, file: file, reader: reader
            )
            guard let property = row.property else { continue }
            if rows.contains(where: { $0.name == property.name }) {
                reader.report(
                    place(index + 1), found: "the property \"\(property.name)\" again", expected: "each name once")
            }
            rows.append(property)
        }
        return rows
    }

    /// The line's fields, each with the column it begins at.
    private static func fields(_ line: Substring) -> [(text: String, column: Int)] {
        var column = 1
        return line.split(separator: ",", omittingEmptySubsequences: false).map { part in
            defer { column += part.count + 1 }
            return (String(part), column)
        }
    }
}

/// One line under the header.
private struct Row {
    let cells: [String: (text: String, column: Int)]
    let line: Int
    let file: String
    let reader: ConfigReader

    var property: TemplateProperty? {
        let baseType: TemplateProperty.BaseType? = choice("base_type")
        let direction: TemplateProperty.Direction? = choice("direction")
        let scope: TemplateProperty.Scope? = choice("scope")
        let ack = cells["ack_enabled"]
        if let ack, !["true", "false", ""].contains(ack.text) { report(ack, "true or false") }
        guard let name = cells["name"] else { return nil }
        let isName =
            (1...255).contains(name.text.utf8.count)
            && name.text.utf8.allSatisfy { (33...126).contains($0) && $0 != 34 }
        if !isName { report(name, "a name of printable characters without blank, comma or quote") }
        guard isName, let baseType, let direction, let scope else { return nil }
        return TemplateProperty(
            name: name.text, baseType: baseType, direction: direction, scope: scope, ackEnabled: ack?.text == "true")
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(_ column: String) -> Choice? {
        guard let cell = cells[column] else { return nil }
        guard let choice = Choice(rawValue: cell.text) else {
            report(cell, Choice.allCases.map(\.rawValue).joined(separator: ", "))
            return nil
        }
        return choice
    }

    private func report(_ cell: (text: String, column: Int), _ expected: String) {
        reader.report(
            ConfigPlace(file: file, line: line, column: cell.column), found: "\"\(cell.text.prefix(40))\"",
            expected: expected)
    }
}
