// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import Glibc

/// libcrypto's SHA-256, fetched once, and a context to run it in.
///
/// A process without SHA-256 (no memory, or an `openssl.cnf` that turns the default provider off) must not go on
/// writing evidence, and no caller could do better than stop: that is a precondition, not an error.
enum DigestContext {
    nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)

    /// Kept until the thread ends. Nothing suspends between its first and last use, so no two tasks share it.
    static var ofThisThread: OpaquePointer {
        if let kept = pthread_getspecific(slot) { return OpaquePointer(kept) }
        let made = make()
        pthread_setspecific(slot, UnsafeMutableRawPointer(made))
        return made
    }

    /// A new context; the caller frees it.
    static func make() -> OpaquePointer {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("libcrypto has no memory for a digest") }
        return context
    }

    private static let slot: pthread_key_t = {
        var key = pthread_key_t()
        let made = pthread_key_create(&key) { kept in EVP_MD_CTX_free(kept.map { OpaquePointer($0) }) }
        precondition(made == 0, "no thread-specific storage left")
        return key
    }()
}
