// SPDX-License-Identifier: Apache-2.0

/// Which known word a mistyped one was meant to be.
enum Spelling {
    /// The nearest by edit distance, if it is near enough to be a slip.
    static func nearest(to word: String, in words: [String]) -> String? {
        guard word.utf8.count <= 32 else { return nil }
        let near = words.map { (word: $0, distance: distance(word.lowercased(), $0)) }.min { $0.distance < $1.distance }
        return near.flatMap { $0.distance <= max(1, word.count / 3) ? $0.word : nil }
    }

    /// How many letters were left out, added, changed, or swapped with their neighbour.
    private static func distance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first), Array(second))
        var (beforeLast, last, row) = ([Int](), [Int](), Array(0...b.count))
        for i in a.indices {
            (beforeLast, last) = (last, row)
            row[0] = i + 1
            for j in b.indices {
                row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
                }
            }
        }
        return row[b.count]
    }
}
