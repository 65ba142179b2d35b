// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What went over a unit's console in one run, with secrets hidden in both directions.
///
/// One line each: milliseconds since the run began, `>` to the unit, `<` from it, `#` a remark.
package struct Transcript: Sendable {
    /// Beyond it only a remark that the rest is left out.
    static let maximumSize = 1 << 20

    package private(set) var bytes: [UInt8] = []
    package var mask = SecretMask()
    private let start: Deadline
    private var isFull = false

    package init(start: Deadline) { self.start = start }

    mutating func sent(_ text: String) { append(">", text) }
    mutating func received(_ text: String) { append("<", text) }
    package mutating func remark(_ text: String) { append("#", text) }

    private mutating func append(_ direction: Character, _ text: String) {
        guard !isFull else { return }
        let elapsed = (ContinuousClock.now - start).components
        let milliseconds = elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
        bytes += "\(milliseconds) \(direction) ".utf8
        for byte in mask.apply(to: text).utf8 {
            // Control characters of a garbled line would drive the terminal of whoever reads the file.
            if byte < 0x20 || byte == 0x7F { bytes += "\\x\(Hex.encode([byte]))".utf8 } else { bytes.append(byte) }
        }
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count > Self.maximumSize {
            isFull = true
            bytes += "# the rest is left out\n".utf8
        }
    }
}
