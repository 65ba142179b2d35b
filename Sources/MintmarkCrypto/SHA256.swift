// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import Glibc
package import MintmarkCore

/// SHA-256 (FIPS 180-4). Every answer is 32 bytes.
///
/// One digest context is kept per thread, so a short message costs its compression and little more.
package enum SHA256 {
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { hash($0) }
    }

    package static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        digest { context in update(context, bytes) }
    }

    /// Hash of `prefix ‖ first ‖ second`: a leaf (0x00, entry) or a node (0x01, left, right) of an RFC 6962 tree.
    package static func hash(prefix: UInt8, _ first: [UInt8], _ second: [UInt8]? = nil) -> [UInt8] {
        digest { context in
            withUnsafeBytes(of: prefix) { update(context, $0) }
            first.withUnsafeBytes { update(context, $0) }
            second?.withUnsafeBytes { update(context, $0) }
        }
    }

    /// As above, of bytes that stand elsewhere.
    package static func hash(prefix: UInt8, _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        digest { context in
            withUnsafeBytes(of: prefix) { update(context, $0) }
            update(context, bytes)
        }
    }

    /// Hash of a file's bytes, read in pieces.
    ///
    /// - Throws: `.badInput` with `errno` when the file cannot be opened or read.
    package static func hashFile(_ path: String) throws(MintmarkError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path, errno) }
        defer { close(file) }
        var stream = Stream()
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &piece, piece.count)
            if count == 0 { return stream.finish() }
            if count > 0 {
                piece.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            } else if errno != EINTR {
                throw unreadable(path, errno)
            }
        }
    }

    private static func unreadable(_ path: String, _ number: Int32) -> MintmarkError {
        MintmarkError(
            .badInput, "\(path) cannot be read: \(String(cString: strerror(number)))",
            next: "Check the path and its permissions.", errno: number)
    }

    private static func digest(_ feed: (OpaquePointer) -> Void) -> [UInt8] {
        let context = DigestContext.ofThisThread
        begin(context)
        feed(context)
        return end(context)
    }

    fileprivate static func begin(_ context: OpaquePointer) {
        let begun = EVP_DigestInit_ex2(context, DigestContext.sha256, nil)
        precondition(begun == 1, "libcrypto refused to begin a SHA-256")
    }

    fileprivate static func update(_ context: OpaquePointer, _ bytes: UnsafeRawBufferPointer) {
        let taken = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(taken == 1, "libcrypto refused bytes for a SHA-256")
    }

    fileprivate static func end(_ context: OpaquePointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { output, count in
            let ended = EVP_DigestFinal_ex(context, output.baseAddress, nil)
            precondition(ended == 1, "libcrypto refused to end a SHA-256")
            count = 32
        }
    }
}

extension SHA256 {
    /// A hash of bytes that come piece by piece.
    package struct Stream: ~Copyable {
        private let context: OpaquePointer

        package init() {
            context = DigestContext.make()
            begin(context)
        }

        deinit { EVP_MD_CTX_free(context) }

        package mutating func update(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { update($0) }
        }

        package mutating func update(_ bytes: UnsafeRawBufferPointer) {
            SHA256.update(context, bytes)
        }

        /// The hash of everything so far.
        package consuming func finish() -> [UInt8] { end(context) }
    }
}
