// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

/// Reads a file that a person names: a regular file, of bounded size.
package enum InputFile {
    /// - Throws: an error of `code` when the file cannot be read, is a folder, pipe or device, or is too long; nothing
    ///   of a file that is too long is read.
    package static func read(_ path: String, atMost limit: Int, code: MintmarkError.Code) throws(MintmarkError)
        -> [UInt8]
    {
        // Without O_NONBLOCK a pipe nobody writes to would hold us here.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno, code) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno, code) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MintmarkError(code, "\(path) is no regular file", next: "Name a file.")
        }
        guard status.st_size <= limit else {
            throw MintmarkError(
                code, "\(path) is \(status.st_size) bytes long, at most \(limit) are read", next: "Check the path.")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            guard got >= 0 || errno == EINTR else { throw unreadable(path, errno, code) }
            if got == 0 { break }
            count += max(0, got)
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private static func unreadable(_ path: String, _ number: Int32, _ code: MintmarkError.Code) -> MintmarkError {
        MintmarkError(
            code, "cannot read \(path): \(String(cString: strerror(number)))",
            next: "Check the path and the file's rights.", errno: number)
    }
}
