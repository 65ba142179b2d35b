// SPDX-License-Identifier: Apache-2.0

/// Splits a command line as the module does: blanks and TABs part words, `'…'` and `"…"` hold them together.
enum ModuleWords {
    static let maximum = 20

    static func split(_ text: String) -> [String] {
        var (words, word): ([String], String?) = ([], nil)
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let done = word { words.append(done) }
        return Array(words.prefix(maximum))
    }
}
