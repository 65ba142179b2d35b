// SPDX-License-Identifier: Apache-2.0

/// Time-ordered UUID (RFC 9562, version 7), lower-case text.
package enum UUIDv7 {
    /// `wall` is microseconds since 1970 UTC.
    package static func make(wall: Int64, random: inout some RandomNumberGenerator) -> String {
        var bytes = withUnsafeBytes(of: UInt64(bitPattern: (wall / 1000) << 16).bigEndian) { Array($0.prefix(6)) }
        bytes += withUnsafeBytes(of: random.next() as UInt64) { Array($0) }
        bytes += withUnsafeBytes(of: random.next() as UInt64) { Array($0.prefix(2)) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Hex.encode(bytes)
        return [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].map { String(hex.utf8.prefix($1).dropFirst($0)) ?? "" }
            .joined(separator: "-")
    }

    package static func make(wall: Int64) -> String {
        var random = SystemRandomNumberGenerator()
        return make(wall: wall, random: &random)
    }
}
