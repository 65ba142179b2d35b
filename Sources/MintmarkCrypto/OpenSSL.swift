// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import MintmarkCore

/// `OpenSSL 3.0.22 …`: the library that runs, which need not be the one this was built with.
package func linkedOpenSSLVersion() -> String {
    OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "OpenSSL of unknown version"
}

/// What libcrypto gave, or its complaint.
func made(_ pointer: OpaquePointer?, _ what: String) throws(MintmarkError) -> OpaquePointer {
    guard let pointer else { throw complaint(what) }
    return pointer
}

/// Checks libcrypto's usual answer: 1 is success, everything else is not.
func done(_ answer: Int32, _ what: String) throws(MintmarkError) {
    guard answer == 1 else { throw complaint(what) }
}

/// libcrypto's last complaint as an error; empties its queue.
func complaint(_ what: String) -> MintmarkError {
    let reason = ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) } ?? "no reason given"
    ERR_clear_error()
    return MintmarkError(
        .stationFault, "libcrypto cannot \(what): \(reason)",
        next: "Check that \(linkedOpenSSLVersion()) works on this machine (openssl version, openssl.cnf).")
}
