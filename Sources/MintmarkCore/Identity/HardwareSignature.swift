// SPDX-License-Identifier: Apache-2.0

/// Unique hardware id of a unit as the device shows it (`hwsig`): 1–64 printable ASCII characters, no comma, no blank.
package struct HardwareSignature: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Throws: `.deviceGarbled` when the text cannot be a signature.
    package init(_ text: some StringProtocol) throws(MintmarkError) {
        let allowed = text.utf8.allSatisfy { (33...126).contains($0) && $0 != UInt8(ascii: ",") }
        guard allowed, (1...64).contains(text.utf8.count) else {
            throw MintmarkError(
                .deviceGarbled, "the unit shows no usable hardware signature", next: "Run the unit again.", errCode: 71)
        }
        description = String(text)
    }
}
