// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owner of one `EVP_PKEY`. libcrypto lets threads use a key at once as long as none changes it; none does.
final class KeyHandle: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer

    /// Takes the key over.
    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }
}
