// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// Standard base64 (RFC 4648) with padding, on one line.
package enum Base64 {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

    /// Nil unless `text` is base64 without blanks or line ends.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map(Array.init)
    }
}
