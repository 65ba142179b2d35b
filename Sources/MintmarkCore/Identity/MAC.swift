// SPDX-License-Identifier: Apache-2.0

/// Hardware address, kept and compared as 12 lower-case hexadecimal digits without separators.
package struct MAC: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Takes `02:10:F4:A7:C3:11`, `02-10-…` and `0210f4a7c311`; any letter case.
    ///
    /// - Throws: `.macMissing` when it is not six bytes, all zero, or a multicast address (err_code 78).
    package init(_ text: some StringProtocol) throws(MintmarkError) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "-") }
        let lower = String(decoding: digits, as: UTF8.self).lowercased()
        guard lower.utf8.count == 12, let value = UInt64(lower, radix: 16), !lower.hasPrefix("+") else {
            throw MAC.refused("\"\(text.prefix(40))\" is not a MAC address")
        }
        guard value != 0 else { throw MAC.refused("the MAC address is all zero") }
        guard (value >> 40) & 1 == 0 else { throw MAC.refused("\(lower) is a multicast address") }
        description = lower
    }

    private static func refused(_ what: String) -> MintmarkError {
        MintmarkError(
            .macMissing, what, next: "Put the unit aside: its hardware address was not programmed.", errCode: 78)
    }
}
