// SPDX-License-Identifier: Apache-2.0

/// Device serial number, the cloud's name of a unit: 8–20 of `A–Z`, `0–9`.
///
/// Usually `AC000W` and nine digits; no check digit is documented, so none is computed. A device family may
/// enforce a shorter limit before it writes one.
package struct DSN: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let description: String

    /// - Throws: `.badInput` when the text is not a DSN. Nothing is trimmed or upper-cased.
    package init(_ text: some StringProtocol) throws(MintmarkError) {
        let allowed = text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        guard allowed, (8...20).contains(text.utf8.count) else {
            throw MintmarkError(
                .badInput, "\"\(text.prefix(40))\" is not a DSN (8-20 of A-Z, 0-9)", next: "Check where it came from.")
        }
        description = String(text)
    }

    package static func < (left: DSN, right: DSN) -> Bool { left.description < right.description }
}
