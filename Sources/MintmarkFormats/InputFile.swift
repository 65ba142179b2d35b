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
        var bytes: [UInt8] = []
        try eachPiece(of: path, atMost: limit, code: code) { piece in bytes.append(contentsOf: piece) }
        return bytes
    }

    /// Visits the bytes of a file piece by piece, in memory that does not grow with it and is wiped at the end.
    ///
    /// - Throws: as `read`, and what `visit` throws.
    package static func eachPiece(
        of path: String, atMost limit: Int, code: MintmarkError.Code,
        visit: (UnsafeRawBufferPointer) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        let (descriptor, size) = try open(path, atMost: limit, code: code)
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer {
            if let base = buffer.baseAddress { explicit_bzero(base, buffer.count) }
            buffer.deallocate()
        }
        var left = size
        while left > 0 {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left))
            let got = try read(path, descriptor, room, code)
            if got == 0 { break }
            try visit(UnsafeRawBufferPointer(rebasing: room[..<got]))
            left -= got
        }
    }

    /// A descriptor that the caller closes, and the file's size.
    private static func open(
        _ path: String, atMost limit: Int, code: MintmarkError.Code
    ) throws(MintmarkError) -> (descriptor: Int32, size: Int) {
        // Without O_NONBLOCK a pipe nobody writes to would hold us here.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno, code) }
        do throws(MintmarkError) {
            return (descriptor, try size(of: descriptor, path, atMost: limit, code))
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func size(
        of descriptor: Int32, _ path: String, atMost limit: Int, _ code: MintmarkError.Code
    ) throws(MintmarkError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno, code) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MintmarkError(code, "\(path) is no regular file", next: "Name a file.")
        }
        guard status.st_size <= limit else {
            throw MintmarkError(
                code, "\(path) is \(status.st_size) bytes long, at most \(limit) are read", next: "Check the path.")
        }
        return Int(status.st_size)
    }

    /// Bytes read; 0 at the end.
    private static func read(
        _ path: String, _ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer, _ code: MintmarkError.Code
    ) throws(MintmarkError) -> Int {
        while true {
            let got = Glibc.read(descriptor, room.baseAddress, room.count)
            if got >= 0 { return got }
            guard errno == EINTR else { throw unreadable(path, errno, code) }
        }
    }

    private static func unreadable(_ path: String, _ number: Int32, _ code: MintmarkError.Code) -> MintmarkError {
        MintmarkError(
            code, "cannot read \(path): \(String(cString: strerror(number)))",
            next: "Check the path and the file's rights.", errno: number)
    }
}
