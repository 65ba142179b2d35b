// SPDX-License-Identifier: Apache-2.0

/// Text from outside as it may stand on a terminal or in an error.
package enum PrintableText {
    /// Control and other unprintable characters become blanks; never more than `limit` characters.
    package static func of(_ text: String, limit: Int) -> String {
        let shown = text.unicodeScalars.prefix(limit).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: " "
            default: Character(scalar)
            }
        }
        return String(String(shown).prefix(limit))
    }
}
