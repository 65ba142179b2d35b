// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkLedger
import TestSupport
import Testing

/// A witness with its key and store, as a process of its own that can be killed and brought back on its port.
final class WitnessProcess {
    let folder: TemporaryFolder
    /// Its verifier key.
    let vkey: String
    private(set) var url = ""
    private let isTLS: Bool
    private var tool: RunningTool?

    init(_ name: String, tls: Bool = false) async throws {
        folder = try TemporaryFolder()
        isTLS = tls
        let made = try await Tool.run(
            "witness", "init", "--name", name, "--key", folder.file("key"), "--store", folder.file("store"))
        vkey = try #require(made.lines.first)
        guard tls else { return }
        let certificate = try await Shell.run(
            """
            umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key \
            -out tls.pem -days 2 -subj /CN=witness -addext subjectAltName=IP:127.0.0.1
            """, in: folder.path)
        try #require(certificate.status == 0, "\(certificate.output)")
    }

    deinit { kill() }

    /// Vouches for these logs; `url` is the same each time.
    func start(logs: [String]) async throws {
        let port = url.split(separator: ":").last ?? "0"
        var arguments = ["witness", "--listen", "127.0.0.1:\(port)"]
        arguments += ["--key", folder.file("key"), "--store", folder.file("store")]
        if isTLS {
            arguments += ["--certificate", folder.file("tls.pem"), "--certificate-key", folder.file("tls.key")]
        }
        for log in logs { arguments += ["--log", log] }
        let tool = try RunningTool(arguments)
        self.tool = tool
        url = try #require(await tool.line())
    }

    /// As a power cut would.
    func kill() {
        tool?.kill()
        tool = nil
    }

    /// The station file's entry.
    var entry: String {
        "  - { url: \"\(url)\", key: \"\(vkey)\"\(isTLS ? ", ca-file: \"\(folder.file("tls.pem"))\"" : "") }\n"
    }
}
