// SPDX-License-Identifier: Apache-2.0
import MintmarkLedger

/// The columns of the exported tables for machines: a W3C CSV on the Web description.
enum CSVSchema {
    static var text: String {
        let tables = CSVTable.allCases.map(table).joined(separator: ",\n")
        return """
            {
              "@context": "http://www.w3.org/ns/csvw",
              "tables": [
            \(tables)
              ]
            }

            """
    }

    private static func table(_ table: CSVTable) -> String {
        let columns = table.columns.map { column in
            """
                      { "name": "\(column.name)", "datatype": "\(column.isInteger ? "integer" : "string")", \
            "dc:description": "\(column.meaning)" }
            """
        }
        return """
                {
                  "url": "\(table.rawValue).csv",
                  "tableSchema": {
                    "columns": [
            \(columns.joined(separator: ",\n"))
                    ]
                  }
                }
            """
    }
}
