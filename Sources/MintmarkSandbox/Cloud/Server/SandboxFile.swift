// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// Writes a small file whole or not at all.
enum SandboxFile {
    /// Replaces what was there.
    ///
    /// - Throws: `.stationFault` with `errno`.
    static func write(_ bytes: UnsafeRawBufferPointer, to path: String, mode: mode_t) throws(MintmarkError) {
        let partial = path + ".partial"
        unlink(partial)
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw fault(path) }
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = fault(path)
                close(file)
                unlink(partial)
                throw error
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        close(file)
        guard chmod(partial, mode) == 0, rename(partial, path) == 0 else { throw fault(path) }
    }

    private static func fault(_ path: String) -> MintmarkError {
        let number = errno
        return MintmarkError(
            .stationFault, "\(path) cannot be written: \(String(cString: strerror(number)))",
            next: "Check that the folder exists and is yours.", errno: number)
    }
}
