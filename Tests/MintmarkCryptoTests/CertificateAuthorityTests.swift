// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import TestSupport
import Testing

@Suite("CertificateAuthority")
struct CertificateAuthorityTests {
    private let now = Int64(Date().timeIntervalSince1970)
    private let authority: CertificateAuthority

    init() throws { authority = try CertificateAuthority() }

    @Test("openssl verifies an issued certificate for its name and its address")
    func verifies() throws {
        let folder = try TemporaryFolder()
        let certificate = try issue(in: folder, notAfter: now + 3600)
        for who in [["-verify_hostname", "localhost"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"]] {
            let (status, text) = try openssl(
                ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", folder.file("ca.pem")] + who
                    + [certificate])
            #expect(status == 0, "\(text)")
        }
    }

    @Test("openssl refuses it for another name, from another authority, and when it has expired")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let certificate = try issue(in: folder, notAfter: now + 3600)
        let authorityFile = folder.file("ca.pem")
        #expect(
            try openssl(["verify", "-CAfile", authorityFile, "-verify_hostname", "example.org", certificate]).status
                != 0)
        let stranger = try folder.write("other.pem", CertificateAuthority().certificatePEM)
        #expect(try openssl(["verify", "-CAfile", stranger, certificate]).status != 0)
        let expired = try issue(in: folder, notAfter: now - 60)
        let (status, text) = try openssl(["verify", "-CAfile", authorityFile, expired])
        #expect(status != 0)
        #expect(text.contains("expired"))
    }

    @Test("a self-signed certificate is good for who trusts it itself, and for nobody else")
    func selfSigned() throws {
        let folder = try TemporaryFolder()
        let issued = try CertificateAuthority.selfSigned(
            serverNames: ["localhost"], ipAddresses: ["127.0.0.1"], notBefore: now - 60, notAfter: now + 3600)
        let certificate = try folder.write("server.pem", issued.certificatePEM)
        let authorityFile = try folder.write("ca.pem", authority.certificatePEM)
        #expect(
            try openssl(
                ["verify", "-check_ss_sig", "-CAfile", certificate, "-verify_hostname", "localhost", certificate]
            ).status == 0)
        let (status, text) = try openssl(["verify", "-CAfile", authorityFile, certificate])
        #expect(status != 0 && text.contains("self-signed certificate"))
    }

    @Test("the key belongs to the certificate")
    func key() throws {
        let folder = try TemporaryFolder()
        let issued = try authority.issue(serverNames: ["localhost"], notBefore: now, notAfter: now + 60)
        let keyText = issued.keyPEM.withBytes { String(decoding: $0, as: UTF8.self) }
        let certificate = try folder.write("server.pem", issued.certificatePEM)
        let key = try folder.write("key.pem", keyText)
        let fromCertificate = try openssl(["x509", "-in", certificate, "-pubkey", "-noout"])
        let fromKey = try openssl(["pkey", "-in", key, "-pubout"])
        #expect(fromCertificate.status == 0 && fromKey.status == 0)
        #expect(fromCertificate.text == fromKey.text)
    }

    @Test("text that is no name cannot slip another name in", arguments: ["a,IP:8.8.8.8", "", "a b", "a\n"])
    func badNames(name: String) {
        let error = #expect(throws: MintmarkError.self) {
            _ = try authority.issue(serverNames: [name], notBefore: now, notAfter: now + 60)
        }
        #expect(error?.code == .badInput)
    }

    @Test("an address that is none is refused", arguments: ["localhost", "1.2.3", "1.2.3.4.5"])
    func badAddresses(address: String) {
        let error = #expect(throws: MintmarkError.self) {
            _ = try authority.issue(serverNames: [], ipAddresses: [address], notBefore: now, notAfter: now + 60)
        }
        #expect(error?.code == .badInput)
    }

    @Test("the version named is that of the library that runs")
    func version() {
        #expect(linkedOpenSSLVersion().hasPrefix("OpenSSL 3."))
    }

    private func issue(in folder: borrowing TemporaryFolder, notAfter: Int64) throws -> String {
        try folder.write("ca.pem", authority.certificatePEM)
        let issued = try authority.issue(
            serverNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"], notBefore: now - 7200, notAfter: notAfter)
        return try folder.write("server-\(notAfter).pem", issued.certificatePEM)
    }

    private func openssl(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}
