// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension TemplateProperty {
    /// The rows of a `properties.csv` for the template that this twin was made from, columns as the portal's import
    /// takes them. The property that the cloud gives every twin by itself is left out.
    ///
    /// - Throws: `.cloudAnswerBad` for a property that the import has no words for.
    package static func csv(of twin: [TwinProperty]) throws(MintmarkError) -> String {
        var lines = [columns.joined(separator: ",")]
        for shown in twin where shown.name != TwinProperty.hostVersionName {
            let row = try TemplateProperty(shown)
            lines.append(
                "\(row.baseType.rawValue),\(row.direction.rawValue),\(row.name),\(row.scope.rawValue),\(row.ackEnabled)"
            )
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private init(_ shown: TwinProperty) throws(MintmarkError) {
        guard Self.isName(shown.name) else {
            throw Self.refusal(shown.name, "its name does not fit into a row of the import")
        }
        guard let baseType = shown.baseType.flatMap({ BaseType(rawValue: $0) }) else {
            throw Self.refusal(shown.name, "its base type is \(shown.baseType?.quoted ?? "not shown")")
        }
        guard let direction = shown.direction.flatMap({ Direction(rawValue: $0) }) else {
            throw Self.refusal(shown.name, "its direction is \(shown.direction?.quoted ?? "not shown")")
        }
        guard let scope = shown.scope.flatMap({ Scope(rawValue: $0) }) else {
            throw Self.refusal(shown.name, "its scope is \(shown.scope?.quoted ?? "not shown")")
        }
        self.init(
            name: shown.name, baseType: baseType, direction: direction, scope: scope,
            ackEnabled: shown.isAcknowledged ?? false)
    }

    private static func refusal(_ name: String, _ what: String) -> MintmarkError {
        MintmarkError(
            .cloudAnswerBad, "property \(name.quoted) cannot be written: \(what)",
            next: "Write the file by hand, see docs/reference/template.md.")
    }

    /// 1-255 printable characters without blank, comma and quote.
    static func isName(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && name.utf8.allSatisfy { $0 > 32 && $0 != 34 && $0 != 44 && $0 != 127 }
    }
}
