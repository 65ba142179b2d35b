// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import MintmarkCore

/// Text that libcrypto writes into memory; wiped when freed.
struct MemoryBIO: ~Copyable {
    private let pointer: OpaquePointer

    /// `write` returns 1 on success.
    init(_ write: (OpaquePointer) -> Int32) throws(MintmarkError) {
        let made = try made(BIO_new(BIO_s_secmem()), "write PEM")
        guard write(made) == 1 else {
            BIO_free(made)
            throw complaint("write PEM")
        }
        pointer = made
    }

    deinit { BIO_free(pointer) }

    borrowing func withBytes<R: ~Copyable>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        var start: UnsafeMutableRawPointer?
        let count = withUnsafeMutablePointer(to: &start) { BIO_ctrl(pointer, BIO_CTRL_INFO, 0, $0) }
        return body(UnsafeRawBufferPointer(start: start, count: count))
    }

    static func privateKeyPEM(_ key: KeyHandle) throws(MintmarkError) -> Secret {
        let text = try MemoryBIO { PEM_write_bio_PKCS8PrivateKey($0, key.pointer, nil, nil, 0, nil, nil) }
        return text.withBytes { Secret(copying: $0) }
    }
}
