// SPDX-License-Identifier: Apache-2.0

extension SecretText {
    /// Size of `bytes` as a JSON string, with its quotes.
    static func quotedSize(of bytes: UnsafeRawBufferPointer) -> Int {
        bytes.reduce(2) { $0 + (needsBackslash($1) ? 2 : $1 < 0x20 ? 6 : 1) }
    }

    /// Writes `bytes` as a JSON string; `target` has `quotedSize` bytes.
    static func quote(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) {
        let digits = Array("0123456789abcdef".utf8)
        var at = 0
        func put(_ byte: UInt8) {
            target[at] = byte
            at += 1
        }
        put(UInt8(ascii: "\""))
        for byte in bytes {
            if byte < 0x20 {
                "\\u00".utf8.forEach(put)
                put(digits[Int(byte >> 4)])
                put(digits[Int(byte & 15)])
            } else {
                if needsBackslash(byte) { put(UInt8(ascii: "\\")) }
                put(byte)
            }
        }
        put(UInt8(ascii: "\""))
    }

    private static func needsBackslash(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
