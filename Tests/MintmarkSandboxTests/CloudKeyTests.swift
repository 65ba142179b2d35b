// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's key pairs")
struct CloudKeyTests {
    private static let secret = "secret-of-0dfc7900"

    @Test("2016 neighbouring numbers have keys of their own") func distinct() throws {
        let keys = try (0..<SandboxKeyPair.count).map { try SandboxKeyPair(number: $0 + 900_000_001).publicKey().pkcs1 }
        #expect(Set(keys).count == 2016)
    }

    @Test("every prime has 1024 bits, its two highest set") func primes() {
        #expect(SandboxPrimes.bytes.count == SandboxPrimes.count)
        #expect(Set(SandboxPrimes.bytes).count == SandboxPrimes.count)
        #expect(SandboxPrimes.bytes.allSatisfy { $0.count == 128 && $0[0] & 0xC0 == 0xC0 && $0[127] & 1 == 1 })
    }

    @Test(
        "an OEM key is judged by what is inside it",
        arguments: [
            ("1773740472 \(secret) 0dfc7900 lamp-one", OEMKeyVerdict.accepted),
            ("1773740472 \(secret) 0dfc7900 lamp-one\n", .accepted), ("3 \(secret) 0dfc7900 lamp-one", .accepted),
            ("1773740472 \(secret) 0dfc7900 lamp-two", .otherModel),
            ("1773740472 \(secret.dropLast()) 0dfc7900 lamp-one", .wrongSecret),
            ("1773740472 secret-of-77777777 77777777 lamp-one", .otherOEM),
            ("1773740472 \(secret) 0dfc7999 lamp-one", .unknownOEM), ("\(secret) 0dfc7900 lamp-one", .malformed),
            ("x \(secret) 0dfc7900 lamp-one", .malformed), ("1 \(secret) 0dfc7900 ", .malformed),
            ("1 \(secret) 0dfc7900 lamp-one\n\n", .otherModel), ("", .malformed),
        ])
    func judge(plaintext: String, verdict: OEMKeyVerdict) throws {
        var driver = try CloudStateTests.Driver()
        let text = try driver.reserve("AY001MTP1", by: "maker@maker.example").first ?? ""
        let made = CloudSample.manufacture(mac: "0210f4a7c311")
        _ = driver.factory("\(text)/manufacture", by: "maker@maker.example", made)
        let body = CloudSample.provision(model: "AY001MTP1", mac: "0210f4a7c311")
        _ = driver.factory("\(text)/provision", by: "boxes@maker.example", body)
        let dsn = try DSN(text)
        let device = try #require(driver.state.devices[dsn])
        let key = try SandboxKeyPair(number: device.number).publicKey()
        let sealed = try Array(plaintext.utf8).withUnsafeBytes { try key.encrypt($0) }
        #expect(driver.state.judge(oemKey: sealed, dsn: dsn) == verdict)
    }

    @Test("an OEM key for another DSN, and one of an unknown DSN, are not accepted") func otherKey() throws {
        var driver = try CloudStateTests.Driver()
        let dsns = try driver.reserve("AY001MTP1", by: "maker@maker.example", count: 2).map { try DSN($0) }
        let device = try #require(driver.state.devices[dsns[0]])
        let key = try SandboxKeyPair(number: device.number).publicKey()
        let sealed = try Array("1 \(Self.secret) 0dfc7900 lamp-one".utf8).withUnsafeBytes { try key.encrypt($0) }
        #expect(driver.state.judge(oemKey: sealed, dsn: dsns[0]) == .accepted)
        #expect([.undecryptable, .malformed].contains(driver.state.judge(oemKey: sealed, dsn: dsns[1])))
        #expect(driver.state.judge(oemKey: [], dsn: dsns[0]) == .undecryptable)
        #expect(driver.state.judge(oemKey: sealed, dsn: try DSN("AC000W123456789")) == .unknownDSN)
    }
}
