// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Hides secrets in text that came from a unit or goes to it.
///
/// A damaged echo is no whole secret, so every run of `window` bytes in common with one is hidden.
package struct SecretMask: Sendable {
    /// What stands where something was hidden.
    package static let mark = "<hidden>"
    private static let window = 6

    private var secrets: [SharedSecret] = []

    package init() {}

    package mutating func hide(_ secret: SharedSecret) { secrets.append(secret) }

    package func apply(to text: String) -> String {
        guard !secrets.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var hidden = [Bool](repeating: false, count: bytes.count)
        for secret in secrets {
            secret.withBytes { Self.mark(&hidden, where: bytes, sharesWith: $0) }
        }
        guard hidden.contains(true) else { return text }
        var output: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if !hidden[index] {
                output.append(byte)
            } else if index == 0 || !hidden[index - 1] {
                output += Self.mark.utf8
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func mark(_ hidden: inout [Bool], where text: [UInt8], sharesWith secret: UnsafeRawBufferPointer) {
        let width = min(window, secret.count)
        guard width > 0, text.count >= width else { return }
        for start in 0...(text.count - width) {
            for offset in 0...(secret.count - width)
            where (0..<width).allSatisfy({ text[start + $0] == secret[offset + $0] }) {
                for index in start..<(start + width) { hidden[index] = true }
                break
            }
        }
    }
}
