// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The text of a file an engineer wrote: UTF-8 without byte order mark and without characters that nobody can see.
struct PlainText {
    /// Line and column, both from 1; a column is a Unicode scalar.
    struct Spot: Equatable {
        var line: Int
        var column: Int
    }

    let file: String
    let code: MintmarkError.Code
    let scalars: [Unicode.Scalar]
    /// Where in `scalars` each line begins. CR, LF and CR LF end a line.
    private let lines: [Int]

    /// - Throws: an error of `code` with the place of the first byte or character that may not stand in the file.
    init(_ bytes: [UInt8], file: String, code: MintmarkError.Code, maximumSize: Int) throws(MintmarkError) {
        (self.file, self.code) = (file, code)
        guard bytes.count <= maximumSize else {
            throw Self.refusal(
                file, code, Spot(line: 1, column: 1), found: "\(bytes.count) bytes", expected: "at most \(maximumSize)")
        }
        let text = String(validating: bytes, as: UTF8.self)
        // The part before the first wrong byte is counted to tell where that is.
        let good = text ?? String(decoding: bytes, as: UTF8.self)
        var (scalars, lines, spot) = ([Unicode.Scalar](), [0], Spot(line: 1, column: 1))
        scalars.reserveCapacity(bytes.count)
        for scalar in good.unicodeScalars {
            if text == nil, scalar == "\u{FFFD}" {
                throw Self.refusal(file, code, spot, found: "a byte that is not UTF-8", expected: "UTF-8 text")
            }
            if let name = Self.unwanted(scalar) {
                throw Self.refusal(file, code, spot, found: name, expected: "plain UTF-8 text")
            }
            if scalar == "\n", scalars.last == "\r" {
                scalars.append(scalar)
                lines[lines.count - 1] = scalars.count
                continue
            }
            scalars.append(scalar)
            if scalar == "\n" || scalar == "\r" {
                lines.append(scalars.count)
                spot = Spot(line: spot.line + 1, column: 1)
            } else {
                spot.column += 1
            }
        }
        (self.scalars, self.lines) = (scalars, lines)
    }

    /// The character there; nil behind the end of its line.
    func scalar(at spot: Spot) -> Unicode.Scalar? {
        guard lines.indices.contains(spot.line - 1) else { return nil }
        let index = lines[spot.line - 1] + spot.column - 1
        return scalars.indices.contains(index) ? scalars[index] : nil
    }

    func refusal(_ spot: Spot?, found: String, expected: String) -> MintmarkError {
        Self.refusal(file, code, spot ?? Spot(line: 1, column: 1), found: found, expected: expected)
    }

    func place(_ spot: Spot?) -> ConfigPlace {
        ConfigPlace(file: file, line: spot?.line ?? 1, column: spot?.column ?? 1)
    }

    private static func refusal(
        _ file: String, _ code: MintmarkError.Code, _ spot: Spot, found: String, expected: String
    ) -> MintmarkError {
        let place = ConfigPlace(file: file, line: spot.line, column: spot.column)
        return MintmarkError(
            code, "\(place): found \(found), expected \(expected)", next: "Correct the file at that place.")
    }

    /// What a character that may not stand in the file is called.
    private static func unwanted(_ scalar: Unicode.Scalar) -> String? {
        var name: String {
            let number = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
        }
        switch scalar.value {
        case 9, 10, 13, 32...126: return nil
        case 0xFEFF: return "a byte order mark"
        // Some readers take these for line ends, so lines would be counted differently.
        case 0...31, 127...159, 0x2028, 0x2029: return "the control character \(name)"
        case 0xE000...0xF8FF, 0xFFFE, 0xFFFF: return "the character \(name) that has no meaning"
        default: return nil
        }
    }
}
