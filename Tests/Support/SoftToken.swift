// SPDX-License-Identifier: Apache-2.0
internal import Foundation
package import MintmarkCore

/// A token in software (SoftHSM) with two Ed25519 key pairs, `log` and `other`. One a process: its library reads its
/// settings once.
package struct SoftToken: Sendable {
    package struct Failure: Error {
        package let errors: String
    }

    package static let pin = "471147"
    package static let library = "/usr/lib/softhsm/libsofthsm2.so"
    package static let shared = Task { try await SoftToken() }

    private init() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/mintmark-token-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let settings = "\(folder)/softhsm2.conf"
        try "directories.tokendir = \(folder)\nobjectstore.backend = file\n".write(
            toFile: settings, atomically: true, encoding: .utf8)
        setenv("SOFTHSM2_CONF", settings, 1)
        let words = ["--init-token", "--free", "--label", "factory", "--so-pin", Self.pin, "--pin", Self.pin]
        let made = try await Child.run("/usr/bin/softhsm2-util", words)
        guard made.status == 0 else { throw Failure(errors: made.errors) }
        for name in ["log", "other"] { try await makeKey(name) }
    }

    package func makeKey(_ name: String) async throws {
        try await tool("--keypairgen", "--key-type", "EC:edwards25519", "--label", name, "--id", "0\(name.utf8.count)")
    }

    package func deleteKey(_ name: String) async throws {
        for type in ["privkey", "pubkey"] { try await tool("--delete-object", "--type", type, "--label", name) }
    }

    private func tool(_ words: String...) async throws {
        let login = ["--module", Self.library, "--token-label", "factory", "--login", "--pin", Self.pin]
        let result = try await Child.run("/usr/bin/pkcs11-tool", login + words)
        guard result.status == 0 else { throw Failure(errors: result.errors) }
    }

    package static func uri(_ object: String?, token: String = "factory") -> String {
        "pkcs11:token=\(token)" + (object.map { ";object=\($0)" } ?? "") + "?module-path=\(library)"
    }

    package static func secret(_ text: String) -> SharedSecret {
        SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }
}
