// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// SHA-256 (FIPS 180-4), by OpenSSL's EVP_Digest functions.
package enum SHA256 {
    /// Bytes of a digest.
    package static let size = 32

    package static func hash(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { hash($0) } }

    package static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let stream = Stream()
        stream.update(bytes)
        return stream.finish()
    }

    /// Reads the file once, in pieces.
    ///
    /// - Throws: `.badInput` when it cannot be read.
    package static func hashFile(_ path: String) throws(MintmarkError) -> [UInt8] {
        let stream = Stream()
        try FileChunks.each(of: path) { stream.update($0) }
        return stream.finish()
    }

    /// A digest in the making. May be used again after `finish`.
    package final class Stream {
        private let context: OpaquePointer

        package init() {
            context = Algorithm.sha256.newContext()
            restart()
        }

        deinit { EVP_MD_CTX_free(context) }

        package func update(_ bytes: UnsafeRawBufferPointer) {
            EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }

        package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

        package func update(_ byte: UInt8) { withUnsafeBytes(of: byte) { update($0) } }

        /// The digest of all updates since the last call.
        package func finish() -> [UInt8] {
            defer { restart() }
            return [UInt8](unsafeUninitializedCapacity: SHA256.size) { buffer, count in
                EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
                count = SHA256.size
            }
        }

        private func restart() { EVP_DigestInit_ex2(context, Algorithm.sha256.pointer, nil) }
    }
}

/// A digest algorithm, fetched once for the life of the process: a fetch costs more than a short hash.
private struct Algorithm: @unchecked Sendable {
    static let sha256 = Algorithm(pointer: EVP_MD_fetch(nil, "SHA256", nil))

    let pointer: OpaquePointer?

    /// OpenSSL gives no context only when there is no memory.
    func newContext() -> OpaquePointer {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        return context
    }
}
