// SPDX-License-Identifier: Apache-2.0

/// Writes zip archives of stored files, with whatever in them an honest tool would not write.
struct ZipWriter {
    private var local: [UInt8] = []
    private var central: [UInt8] = []
    private var count = 0

    /// The archive's bytes.
    var bytes: [UInt8] {
        local + central + number(0x0605_4B50, 4) + number(0, 4) + number(count, 2) + number(count, 2)
            + number(central.count, 4) + number(local.count, 4) + number(0, 2)
    }

    /// `size` is what the directory says of the uncompressed size, `isEncrypted` what it says of encryption.
    mutating func add(_ name: String, _ text: String, size: Int? = nil, isEncrypted: Bool = false, crc: UInt32? = nil) {
        let (name, content) = (Array(name.utf8), Array(text.utf8))
        let header =
            number(20, 2) + number(isEncrypted ? 1 : 0, 2) + number(0, 2) + number(0x4800, 2) + number(0x5A64, 2)
            + number(Int(crc ?? Self.crc32(content)), 4) + number(content.count, 4)
            + number(size ?? content.count, 4) + number(name.count, 2) + number(0, 2)
        central += number(0x0201_4B50, 4) + number(20, 2) + header + number(0, 2) + number(0, 2) + number(0, 2)
        central += number(0, 4) + number(local.count, 4) + name
        local += number(0x0403_4B50, 4) + header + name + content
        count += 1
    }

    private func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
