// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

@Suite("Default setup key") struct DefaultSetupKeyTests {
    private func text(_ secret: String, _ oemID: String, _ oemModel: String) throws -> String {
        let secret = SharedSecret(Secret(count: secret.utf8.count) { $0.copyBytes(from: secret.utf8) })
        return try DefaultSetupKey.make(appSecret: secret, oemID: oemID, oemModel: oemModel)
            .withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test("is base64 of SHA-1 over secret, OEM id and OEM model") func vector() throws {
        #expect(try text("S3CRET", "0dfc7900", "plug-a1") == "hRf5yi1pt0a14g9poGf+hVjpf3o=")
    }

    @Test("changes with each of the three") func changes() throws {
        let all = try [
            text("S3CRET", "0dfc7900", "plug-a1"), text("S3CREU", "0dfc7900", "plug-a1"),
            text("S3CRET", "0dfc7901", "plug-a1"), text("S3CRET", "0dfc7900", "plug-a2"),
        ]
        #expect(Set(all).count == 4 && all.allSatisfy { $0.utf8.count == 28 })
    }
}
