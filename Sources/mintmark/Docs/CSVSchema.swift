// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkLedger

/// The columns of the exported tables for machines: a W3C CSV on the Web description.
enum CSVSchema {
    static var text: String {
        get throws {
            let schema: [String: Any] = [
                "@context": "http://www.w3.org/ns/csvw", "tables": CSVTable.allCases.map(table),
            ]
            let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let json = try JSONSerialization.data(withJSONObject: schema, options: options)
            return String(decoding: json, as: UTF8.self) + "\n"
        }
    }

    private static func table(_ table: CSVTable) -> [String: Any] {
        let columns = table.columns.map { column in
            [
                "name": column.name, "datatype": column.isInteger ? "integer" : "string",
                "dc:description": column.meaning,
            ]
        }
        return ["url": "\(table.rawValue).csv", "tableSchema": ["columns": columns]]
    }
}
