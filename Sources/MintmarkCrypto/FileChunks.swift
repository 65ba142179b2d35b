// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// A file's bytes in pieces, in order.
enum FileChunks {
    /// - Throws: `.badInput` when the file cannot be opened or read.
    static func each(of path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(MintmarkError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path, errno) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            let code = errno
            if count == 0 { return }
            if count < 0, code == EINTR { continue }
            guard count > 0 else { throw fault(path, code) }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func fault(_ path: String, _ code: Int32) -> MintmarkError {
        MintmarkError(
            .badInput, "cannot read \(path): \(String(cString: strerror(code)))",
            next: "Check the path and the file's rights.", errno: code)
    }
}
