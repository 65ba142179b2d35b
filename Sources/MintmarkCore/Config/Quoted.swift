// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
    /// The text in quotes for a message: cut at 40 characters, control characters written as `\u{…}`.
    package var quoted: String {
        var text = "\""
        for scalar in unicodeScalars.prefix(40) {
            let isPlain = scalar.value >= 32 && !(127...159).contains(scalar.value) && scalar != "\""
            text += isPlain ? String(scalar) : scalar.escaped(asASCII: false)
        }
        return text + (unicodeScalars.count > 40 ? "…\"" : "\"")
    }
}
