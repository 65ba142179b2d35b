// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import Glibc
internal import MintmarkCore

/// The kernel's list of file locks, `/proc/locks` (Linux manual, proc_locks(5)).
enum KernelLocks {
    /// Process that holds a `flock` on this open file; nil when the list does not tell, as for one on another host.
    static func holder(of descriptor: Int32) throws(MintmarkError) -> Int32? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        let place =
            "\(hex(mintmark_major(UInt(status.st_dev)))):\(hex(mintmark_minor(UInt(status.st_dev)))):\(status.st_ino)"
        let list = String(decoding: try FileSystem.read("/proc/locks", limit: 1 << 20) ?? [], as: UTF8.self)
        for line in list.split(separator: "\n") {
            // `1: FLOCK  ADVISORY  WRITE 4711 fe:00:16747490 0 EOF`; one that waits has `->` behind its number.
            let words = line.split(separator: " ")
            guard words.count == 8, words[1] == "FLOCK", words[5] == place else { continue }
            return Int32(words[4]).flatMap { $0 > 0 ? $0 : nil }
        }
        return nil
    }

    private static func hex(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
    }
}
