// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The latency timer of an FTDI adapter: 16 ms by default, which costs a dialog a fifth of its time.
struct LatencyTimer {
    private let file: String
    private let found: String

    /// Nil for ports without one, and where sysfs gives no right to read it.
    init?(ofPort path: String, sysfs: String = "/sys") {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        let name = String(cString: real).split(separator: "/").last.map(String.init) ?? ""
        file = "\(sysfs)/bus/usb-serial/devices/\(name)/latency_timer"
        guard let found = SysfsFile.read(file) else { return nil }
        self.found = found
    }

    /// Without the right to write it the port still works, only slower.
    func set(milliseconds: Int) { SysfsFile.write(String(milliseconds), to: file) }

    func restore() { SysfsFile.write(found, to: file) }
}

/// Attributes under /sys: one short line each.
enum SysfsFile {
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }
        return String(decoding: line, as: UTF8.self)
    }

    static func write(_ text: String, to path: String) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
