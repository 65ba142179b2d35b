// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger

/// The exported tables as a W3C table description ("Metadata Vocabulary for Tabular Data", CSV on the Web).
enum CSVSchema {
    static var text: String {
        get throws {
            let json = try JSONSerialization.jsonObject(with: Data(CanonicalJSON.encode(schema)))
            let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let bytes = try JSONSerialization.data(withJSONObject: json, options: options)
            return String(decoding: bytes, as: UTF8.self) + "\n"
        }
    }

    private static var schema: JSONObject {
        [
            "@context": .array(["http://www.w3.org/ns/csvw", .object(["language": "en"])]),
            "dc:description": "Made by `mintmark docs generate`; do not edit.",
            "dialect": .object([
                "delimiter": ",", "doubleQuote": true, "encoding": "utf-8", "header": true,
                "lineTerminators": .array(["\r\n"]), "quoteChar": "\"",
            ]),
            "tables": .array(CSVTable.allCases.map { .object(table($0)) }),
        ]
    }

    private static func table(_ table: CSVTable) -> JSONObject {
        [
            "dc:description": .string(table.meaning),
            "tableSchema": .object([
                "columns": .array(table.columns.map { .object(column($0)) }), "primaryKey": .string(table.key),
            ]),
            "url": .string("\(table.rawValue).csv"),
        ]
    }

    private static func column(_ column: CSVColumn) -> JSONObject {
        [
            "datatype": datatype(column.kind), "dc:description": .string(column.meaning),
            "name": .string(column.name), "required": .bool(!column.isOptional),
            "titles": .string(column.name),
        ]
    }

    private static func datatype(_ kind: CSVColumn.Kind) -> JSONValue {
        switch kind {
        case .text: "string"
        case .integer: "integer"
        case .time: .object(["base": "dateTime", "format": "yyyy-MM-ddTHH:mm:ss.SSSX"])
        case .flag: .object(["base": "boolean", "format": "1|0"])
        case .words(let words): .object(["base": "string", "format": .string(words.joined(separator: "|"))])
        case .pattern(let pattern): .object(["base": "string", "format": .string(pattern)])
        }
    }
}
