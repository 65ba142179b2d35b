// SPDX-License-Identifier: Apache-2.0
internal import CP11Kit
internal import MintmarkCore

/// What PKCS#11 calls end in, in words.
enum TokenFault {
    static let memory = MintmarkError(.stationFault, "no memory for a PKCS#11 call", next: "Free memory.")

    /// - Throws: `.stationFault` unless the call returned CKR_OK.
    static func check(_ result: CK_RV, _ doing: String, of uri: TokenURI) throws(MintmarkError) {
        guard result != CK_RV(CKR_OK) else { return }
        throw MintmarkError(
            .stationFault, "\(doing) \(uri.text): \(words(result))",
            next: "See that the token is plugged in and its PKCS#11 library runs, then try again.")
    }

    static func words(_ result: CK_RV) -> String {
        p11_kit_strerror(result).map { String(cString: $0) } ?? "PKCS#11 error \(result)"
    }
}
