// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@testable import MintmarkCloud

@Suite("RequestBody")
struct RequestBodyTests {
    @Test("the registrations of the worked exchanges give their literal bodies")
    func literal() throws {
        #expect(text(of: try Exchanges.manufactureRegistration().body(setupKey: nil)) == Exchanges.manufacture)
        #expect(text(of: try Exchanges.provisionRegistration().body(setupKey: nil)) == Exchanges.provision)
    }

    @Test("what is not known is left out, and a setup key stands where the documents have it")
    func optional() throws {
        let bare = Registration(
            call: .manufacture, dsn: try DSN("AC000W900000101"), model: "M", mac: try MAC("02a1b2c3d4e5"), hwsig: nil,
            domAt: 0, connected: false)
        #expect(
            text(of: bare.body(setupKey: secret("k\u{1}\"\\")))
                == #"{"model":"M","mac":"02a1b2c3d4e5","dom_at":"1970/01/01 00:00:00 UTC","wifi_setup_key":"k\u0001\"\\","ads_connect_flag":false}"#
        )
    }

    @Test("any text comes back from a body as it was, secret or not", arguments: 0..<50 as Range<UInt64>)
    func quoting(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scalars = (0..<20).map { _ in Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random)) ?? "x" }
        let value = String(String.UnicodeScalarView(scalars))
        var body = RequestBody()
        body.add("plain", value)
        body.add("secret", secret: secret(value))
        let parsed = try JSONParser.object(Array(text(of: body.text).utf8))
        #expect(parsed["plain"]?.text == value)
        #expect(parsed["secret"]?.text == value)
    }

    @Test("a body without members is an empty object")
    func empty() {
        #expect(text(of: RequestBody().text) == "{}")
    }
}
