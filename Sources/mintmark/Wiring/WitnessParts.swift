// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation
import MintmarkWeb

/// The private key of a witness.
enum WitnessKey {
    /// - Throws: `.badSecret` when others can read it or it is no Ed25519 key.
    static func read(_ path: String) throws(MintmarkError) -> Ed25519PrivateKey {
        try SecretSource.file(StationFiles.absolute(path)).read("witness key").withBytes {
            (bytes) throws(MintmarkError) in try Ed25519PrivateKey(pem: bytes)
        }
    }
}

extension WebAnswer {
    init(_ answer: WitnessAnswer) {
        self.init(status: answer.status, contentType: answer.contentType, body: answer.body)
    }
}
