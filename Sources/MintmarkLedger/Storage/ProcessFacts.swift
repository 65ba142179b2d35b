// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// What the ledger says about the process that writes it.
enum ProcessFacts {
    static func host() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return text(name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
    }

    /// Program and arguments, at most 200 bytes, on one line.
    ///
    /// Empty when there is no such process; `process` is its number, or `self`.
    static func command(of process: String) throws(MintmarkError) -> String {
        text(try FileSystem.read("/proc/\(process)/cmdline", limit: 200) ?? [])
    }

    /// Random id that the kernel makes at each boot.
    static func boot() throws(MintmarkError) -> String {
        text(try FileSystem.read("/proc/sys/kernel/random/boot_id", limit: 64) ?? Array("unknown".utf8))
    }

    /// Control characters become blanks; blanks at the end go.
    private static func text(_ bytes: [UInt8]) -> String {
        let plain = bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        let end = plain.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0
        return String(decoding: plain[..<end], as: UTF8.self)
    }
}
