// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkStation

/// Ed25519 private keys in PEM files of mode 0600.
enum KeyFile {
    /// Makes a new key where no file is; false when one is there.
    static func makeIfAbsent(_ path: String) throws(MintmarkError) -> Bool {
        guard !FileManager.default.fileExists(atPath: path) else { return false }
        try Folders.make(forFile: path)
        try Folders.writeNew(try Ed25519PrivateKey().pem(), to: path)
        return true
    }

    /// - Throws: `.badSecret` when others can read it or it is no Ed25519 key; `name` is what the error calls it.
    static func read(_ path: String, as name: String) throws(MintmarkError) -> Ed25519PrivateKey {
        try key(in: SecretSource.file(path).read(name))
    }

    /// - Throws: `.badSecret` when the secret is no Ed25519 key in PEM.
    static func key(in secret: SharedSecret) throws(MintmarkError) -> Ed25519PrivateKey {
        try secret.withBytes { (bytes) throws(MintmarkError) in try Ed25519PrivateKey(pem: bytes) }
    }
}
