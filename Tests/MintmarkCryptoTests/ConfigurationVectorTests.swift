// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

@Suite("Vectors of the agents' configuration files")
struct ConfigurationVectorTests {
    private static let file = """
        # invented sample
        conf oem/oem 0dfc7900
        conf oem/model plug-a1
        conf oem/key 0123456789abcdef0123456789abcdef
        conf app/setup_mode/key 5f1c77a0b2
        conf sys/setup_mode 0
        verify_id mfg_model PLUGA1-HW2
        prod chip esp32

        """

    private static let body =
        #"{"config":[{"app/conf/hash":"7bdf2f67"},{"oem/oem":"0dfc7900"},{"oem/model":"plug-a1"},"#
        + #"{"oem/key":"0123456789abcdef0123456789abcdef"},{"app/setup_mode/key":"5f1c77a0b2"},"#
        + #"{"sys/setup_mode":"0"}],"prod":{"chip":"esp32"}}"#

    @Test("the hash item is the first eight digits of the file's SHA-256")
    func hashItem() { #expect(Hex.encode(SHA256.hash(Array(Self.file.utf8))).hasPrefix("7bdf2f67")) }

    @Test("body, its SHA-256, and both together in base64")
    func blob() {
        let body = Array(Self.body.utf8)
        let digest = SHA256.hash(body)
        #expect(body.count == 218)
        #expect(Hex.encode(digest) == "3e39c8f86f7350246dddeca50fb3b0a0ab91d883df8ef987e12e0313a2fc219a")
        let blob = Base64.encode(body + digest)
        #expect(blob.count == 336)
        #expect(blob.hasPrefix("eyJjb25maWciOlt7ImFwcC9jb25mL2hhc2giOiI3YmRmMmY2NyJ9") && blob.hasSuffix("vwhmg=="))
    }

    @Test("the plaintexts of an OEM key are as long as the devices make them")
    func plaintext() {
        let embedded = "1773740472 0123456789abcdef0123456789abcdef 0dfc7900 plug-a1"
        #expect(embedded.utf8.count == 60)
        #expect(embedded.utf8.count <= RSAPublicKey.maximumPlaintext)
    }
}
