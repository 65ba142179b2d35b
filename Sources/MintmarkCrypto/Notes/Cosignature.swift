// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A witness's word that at some time this was the newest head it knew of the log (C2SP cosignature/v1).
package enum Cosignature {
    /// Seconds since 1970 and an Ed25519 signature.
    private static let size = 8 + Ed25519PublicKey.signatureSize

    /// The end of the year 9999, seconds since 1970 UTC: what can be written as a date.
    private static let lastTime: Int64 = 253_402_300_799

    /// `time` is seconds since 1970 UTC.
    package static func make(
        over text: String, by key: any SigningKey, as name: String, time: Int64
    ) throws(MintmarkError) -> SignedNote.Signature {
        let known = NoteKey(name: name, algorithm: .cosignature, publicKey: key.publicKey)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
        return SignedNote.Signature(
            name: name, keyID: known.keyID, bytes: bytes + (try key.sign(message(text, time))))
    }

    /// When the witness signed, seconds since 1970; nil when the note holds no true cosignature by this key.
    package static func time(in note: SignedNote, by key: NoteKey) -> Int64? {
        guard key.algorithm == .cosignature else { return nil }
        for line in note.signatures where line.name == key.name && line.keyID == key.keyID && line.bytes.count == size {
            let time = line.bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
            guard (0...lastTime).contains(time) else { continue }
            if key.publicKey.isValid(Array(line.bytes.dropFirst(8)), for: message(note.text, time)) { return time }
        }
        return nil
    }

    private static func message(_ text: String, _ time: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }
}
