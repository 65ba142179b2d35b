// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkToken
import TestSupport
import Testing

@Suite("A signing key in a PKCS#11 token", .serialized, .timeLimit(.minutes(1)))
struct TokenKeyTests {
    private func key(_ uri: String, pin: String = SoftToken.pin) throws(MintmarkError) -> TokenKey {
        try TokenKey(uri, pin: SoftToken.secret(pin))
    }

    private func error(_ body: () throws(MintmarkError) -> Void) -> MintmarkError? {
        do { try body() } catch { return error }
        return nil
    }

    @Test("signs what libcrypto takes for the public key that the token shows")
    func signs() async throws {
        _ = try await SoftToken.shared.value
        let (log, other) = (try key(SoftToken.uri("log")), try key(SoftToken.uri("other")))
        #expect(log.publicKey.bytes != other.publicKey.bytes)
        for message in [[], Array("mintmark".utf8), [UInt8](repeating: 7, count: 5000)] {
            let signature = try log.sign(message)
            #expect(log.publicKey.isValid(signature, for: message))
            #expect(!other.publicKey.isValid(signature, for: message) && !log.publicKey.isValid(signature, for: [1]))
        }
    }

    @Test("a PIN that the token does not take is tried once and told by its place")
    func wrongPIN() async throws {
        _ = try await SoftToken.shared.value
        let fault = error { () throws(MintmarkError) in _ = try key(SoftToken.uri("log"), pin: "000000") }
        #expect(fault?.code == .badSecret && fault?.next.contains("head-pin") == true)
        #expect(throws: Never.self) { try key(SoftToken.uri("log")) }
    }

    @Test(
        "a URI that names nothing, too much or a PIN is refused, and no PIN is repeated",
        arguments: [
            ("pkcs11:token=nowhere;object=log?module-path=\(SoftToken.library)", "no token is"),
            (SoftToken.uri("nothing"), "names no Ed25519 public key"), (SoftToken.uri(nil), "names 2 private keys"),
            ("pkcs11:token=%zz", "cannot be read"), ("file:/etc/passwd", "cannot be read"),
            (SoftToken.uri("log") + "&pin-value=471147", "holds a PIN"),
            ("pkcs11:token=factory;object=log?module-path=/nowhere/lib.so", "cannot load /nowhere/lib.so"),
        ])
    func refused(uri: String, words: String) async throws {
        _ = try await SoftToken.shared.value
        let fault = try #require(error { () throws(MintmarkError) in _ = try key(uri) })
        #expect(fault.what.contains(words) || fault.what.contains("names no private key"), "\(fault)")
        #expect(!"\(fault)".contains(SoftToken.pin))
    }

    @Test("another key under the same name signs nothing")
    func exchanged() async throws {
        let token = try await SoftToken.shared.value
        try await token.makeKey("passing")
        let key = try key(SoftToken.uri("passing"))
        _ = try key.sign([1])
        try await token.deleteKey("passing")
        try await token.makeKey("passing")
        let fault = error { () throws(MintmarkError) in _ = try key.sign([1]) }
        #expect(
            fault?.code == .stationFault && fault?.what.contains("does not sign with the key") == true,
            "\(fault as Any)")
        try await token.deleteKey("passing")
        let gone = error { () throws(MintmarkError) in _ = try key.sign([1]) }
        #expect(gone?.what.contains("no private key") == true, "\(gone as Any)")
    }
}
