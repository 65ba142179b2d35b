// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Reads a CSV file (RFC 4180) as a list of rows, each a list of texts with their places.
///
/// Written here because a library's fields have no line and column, and an engineer looks for both.
package enum CSVDocument {
    /// In bytes.
    package static let maximumSize = 256 * 1024

    /// Fields may stand in quotes, with `""` for a quote; CR, LF and CR LF end a row; empty lines are left out.
    ///
    /// - Throws: an error of `code` with file, line and column.
    package static func parse(
        _ bytes: [UInt8], file: String, code: MintmarkError.Code
    ) throws(MintmarkError) -> ConfigNode {
        var reader = Reader(text: try PlainText(bytes, file: file, code: code, maximumSize: maximumSize))
        return try reader.rows()
    }

    private struct Reader {
        let text: PlainText
        private var index = 0
        private var spot = PlainText.Spot(line: 1, column: 1)

        init(text: PlainText) { self.text = text }

        private var next: Unicode.Scalar? { index < text.scalars.count ? text.scalars[index] : nil }

        mutating func rows() throws(MintmarkError) -> ConfigNode {
            var rows: [ConfigNode] = []
            while next != nil {
                if take("\r") || take("\n") { continue }
                let place = text.place(spot)
                var fields = [try field()]
                while take(",") { fields.append(try field()) }
                rows.append(ConfigNode(.list(fields), at: place))
            }
            return ConfigNode(.list(rows), at: text.place(nil))
        }

        private mutating func field() throws(MintmarkError) -> ConfigNode {
            let start = spot
            if take("\"") { return ConfigNode(.scalar(try quotedField(from: start)), at: text.place(start)) }
            var field = String.UnicodeScalarView()
            while let scalar = next, scalar != ",", scalar != "\r", scalar != "\n" {
                guard scalar != "\"" else {
                    throw text.refusal(spot, found: "a quote inside a field", expected: "the whole field in quotes")
                }
                field.append(scalar)
                advance()
            }
            return ConfigNode(.scalar(String(field)), at: text.place(start))
        }

        /// What stands behind the opening quote at `start`.
        private mutating func quotedField(from start: PlainText.Spot) throws(MintmarkError) -> String {
            var field = String.UnicodeScalarView()
            while let scalar = next {
                if take("\"") {
                    guard take("\"") else {
                        if let scalar = next, scalar != ",", scalar != "\r", scalar != "\n" {
                            throw text.refusal(
                                spot, found: "\(String(scalar).quoted) behind a closing quote", expected: "a comma")
                        }
                        return String(field)
                    }
                    field.append("\"")
                } else {
                    field.append(scalar)
                    advance()
                }
            }
            throw text.refusal(start, found: "a quote that is never closed", expected: "a closing quote")
        }

        private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard next == scalar else { return false }
            advance()
            return true
        }

        private mutating func advance() {
            let isLineEnd =
                next == "\n" || next == "\r" && (index + 1 == text.scalars.count || text.scalars[index + 1] != "\n")
            index += 1
            spot =
                isLineEnd
                ? PlainText.Spot(line: spot.line + 1, column: 1)
                : PlainText.Spot(line: spot.line, column: spot.column + 1)
        }
    }
}
