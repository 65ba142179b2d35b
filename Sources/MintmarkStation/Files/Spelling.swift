// SPDX-License-Identifier: Apache-2.0

/// Which known word a mistyped one was meant to be.
enum Spelling {
    /// The nearest by edit distance, if it is near enough to be a slip.
    static func nearest(to word: String, in words: [String]) -> String? {
        let near = words.map { (word: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        return near.flatMap { $0.distance <= max(1, word.count / 3) ? $0.word : nil }
    }

    /// Levenshtein distance.
    private static func distance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first), Array(second))
        var row = Array(0...b.count)
        for (i, character) in a.enumerated() {
            var corner = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let cost = character == other ? corner : 1 + min(corner, row[j], row[j + 1])
                corner = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}
