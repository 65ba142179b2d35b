// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The bytes inside a PEM text (RFC 7468), whatever its label, width and line ends.
enum PEM {
    static func der(_ text: String) -> [UInt8]? {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.contains("-----") }
        let body = lines.joined().filter { !$0.isWhitespace }
        return body.isEmpty ? nil : Base64.decode(body)
    }
}
