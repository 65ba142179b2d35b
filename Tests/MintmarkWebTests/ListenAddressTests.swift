// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkWeb
import Testing

@Suite("Addresses to listen on") struct ListenAddressTests {
    @Test("numeric addresses with a port, and whether other machines reach them")
    func addresses() throws {
        #expect(try ListenAddress(parsing: "127.0.0.1:8420").isLoopback)
        #expect(try ListenAddress(parsing: "127.8.1.2:0").isLoopback)
        #expect(try ListenAddress(parsing: "[::1]:65535").isLoopback)
        for text in ["0.0.0.0:1", "[::]:1", "10.0.0.1:80", "[::ffff:127.0.0.1]:80", "128.0.0.1:1"]
        where text != "[::ffff:127.0.0.1]:80" {
            #expect(try !ListenAddress(parsing: text).isLoopback, "\(text)")
        }
    }

    @Test(
        "anything else is refused",
        arguments: [
            "localhost:80", "127.0.0.1", ":80", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.256:1", "::1:80", "[::1]",
            "[::ffff:127.0.0.1]:80", "127.0.0.1:80 ", "https://127.0.0.1:80", "",
        ])
    func refused(text: String) { #expect(throws: MintmarkError.self) { try ListenAddress(parsing: text) } }
}
