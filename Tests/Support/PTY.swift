// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The device end of a real pseudo terminal in raw mode. Dropping the value unplugs the cable.
package struct PTY: ~Copyable {
    /// The primary's descriptor.
    package let primary: CInt
    /// Path of the end that a station opens.
    package let path: String

    package init() throws {
        var (primary, replica): (CInt, CInt) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&primary, &replica, &name, nil, nil) == 0 else { throw POSIXError(.ENODEV) }
        var settings = termios()
        tcgetattr(replica, &settings)
        cfmakeraw(&settings)
        tcsetattr(replica, TCSANOW, &settings)
        close(replica)
        self.primary = primary
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { close(primary) }

    /// Blocks until the station has sent this byte; returns everything before it.
    package func hear(until end: Character = "\r") -> String {
        var (heard, byte) = ([UInt8](), UInt8(0))
        while read(primary, &byte, 1) == 1, byte != end.asciiValue { heard.append(byte) }
        return String(decoding: heard, as: UTF8.self)
    }

    package func say(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { write(primary, $0.baseAddress.map { $0 + sent }, $0.count - sent) }
            guard count > 0 else { return }
            sent += count
        }
    }
}
