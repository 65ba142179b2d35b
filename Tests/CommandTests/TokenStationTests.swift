// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("A station whose signing key is in a token", .timeLimit(.minutes(2)))
struct TokenStationTests {
    private func factory(_ uri: String) async throws -> Rehearsal {
        _ = try await SoftToken.shared.value
        let factory = try await Rehearsal(units: 1)
        try factory.edit(
            "label", "head-key: file:../secrets/head-key-label",
            "head-key: \"\(uri)\"\n  head-pin: file:../secrets/pin")
        let pin = URL(fileURLWithPath: "\(factory.folder)/secrets/pin")
        try Data("\(SoftToken.pin)\n".utf8).write(to: pin)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pin.path)
        return factory
    }

    @Test("signs heads with it, which everybody verifies; the PIN is nowhere")
    func signs() async throws {
        let factory = try await factory(SoftToken.uri("log"))
        let made = try await Tool.run("station", "init", factory.station("label"))
        #expect(made.status == 0, "\(made.errors)")
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "1")
        let run = try await Tool.run(
            "provision", "--station", factory.station("label"), "--wait", "--log-level", "trace")
        #expect(run.status == 0, "\(run.errors)")
        let doctor = try await Tool.run("doctor", "--station", factory.station("label"))
        let bundle = "\(factory.folder)/bundle"
        let exported = try await Tool.run("ledger", "export", factory.ledger("label"), "--bundle", bundle)
        #expect(exported.status == 0, "\(exported.errors)")
        let key = try #require(try LedgerReader(at: factory.ledger("label")).headKeys().first)
        for words in [["-I", "verify.py", "--all-heads"], ["-I", "verify.py", "--key", key]] {
            let result = try await Child.run("/usr/bin/python3", words, in: bundle)
            #expect(result.status == 0, "\(result.output)\(result.errors)")
        }
        for text in [made.output, made.errors, run.output, run.errors, doctor.output, doctor.errors] {
            #expect(!text.contains(SoftToken.pin))
        }
        #expect(doctor.output.contains("head-key") && !doctor.output.contains("[bad-secret]"), "\(doctor.output)")
    }

    @Test("does not begin without its token, and no ledger is made")
    func missing() async throws {
        let factory = try await factory(SoftToken.uri("log", token: "elsewhere"))
        let result = try await Tool.run("station", "init", factory.station("label"))
        #expect(result.status != 0 && result.errors.contains("no token is pkcs11:token=elsewhere"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: factory.ledger("label")))
    }
}
