// SPDX-License-Identifier: Apache-2.0

/// File 0 of a `bc` module: the public key's base64 text, as the cloud gave it, in pieces the command line takes.
package enum KeyFile {
    /// The module's buffer, in characters.
    package static let maximumLength = 400
    static let pieceLength = 64

    static func pieces(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: pieceLength).map {
            String(decoding: bytes[$0..<min($0 + pieceLength, bytes.count)], as: UTF8.self)
        }
    }

    /// CRC-32/JAMCRC (reflected 0xEDB88320, initial value all ones, no final inversion), as `file crc` prints it:
    /// lower-case hexadecimal without leading zeros.
    package static func crc(_ text: String) -> String {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in text.utf8 {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return String(crc, radix: 16)
    }

    /// What `file crc 0` answers when this text is stored.
    static func report(_ text: String) -> String { "file 0 len \(text.utf8.count) crc \(crc(text))" }
}
