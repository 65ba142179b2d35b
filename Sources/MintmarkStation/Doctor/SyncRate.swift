// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// How often a second a disk takes a small write for good.
enum SyncRate {
    private static let block = 4096
    private static let time = Duration.milliseconds(200)
    private static let most = 100
    /// `O_TMPFILE`, which <fcntl.h> shows only to those who define _GNU_SOURCE.
    private static let nameless = 0o20_000_000 | O_DIRECTORY

    /// Writes blocks of 4096 bytes with `fdatasync` behind each, for a fifth of a second or 100 of them, into a file
    /// without a name (`O_TMPFILE`), so that nothing is left behind whatever happens.
    ///
    /// - Throws: `.stationFault`, `.diskFull`.
    static func measure(in folder: String) throws(MintmarkError) -> Int {
        let path = "\(folder)/.mintmark-doctor-\(getpid())"
        var descriptor = open(folder, nameless | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) {
            descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { unlink(path) }
        }
        guard descriptor >= 0 else { throw fault("open", folder, errno) }
        defer { close(descriptor) }
        let bytes = [UInt8](repeating: 0x5a, count: block)
        let start = ContinuousClock.now
        var count = 0
        while count < most, ContinuousClock.now - start < time {
            guard pwrite(descriptor, bytes, block, off_t(count % 64 * block)) == block else {
                throw fault("pwrite", folder, errno)
            }
            guard fdatasync(descriptor) == 0 else { throw fault("fdatasync", folder, errno) }
            count += 1
        }
        let (seconds, fraction) = (ContinuousClock.now - start).components
        return Int(Double(count) / (Double(seconds) + Double(fraction) / 1e18))
    }

    private static func fault(_ call: String, _ folder: String, _ code: Int32) -> MintmarkError {
        MintmarkError(
            code == ENOSPC || code == EDQUOT ? .diskFull : .stationFault,
            "\(call) in \(folder): \(String(cString: strerror(code)))",
            next: "Look at the disk: its space, its mount and `dmesg`.", errno: code)
    }
}
