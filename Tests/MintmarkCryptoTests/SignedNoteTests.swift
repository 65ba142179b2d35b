// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

/// Vectors: the example of golang.org/x/mod/sumdb/note, and RFC 8032 §7.1.
@Suite("Signed notes") struct SignedNoteTests {
    private static let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let note = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """

    @Test("a note that Go signed is read, verified and written back the same") func example() throws {
        let key = try NoteKey(parsing: Self.key)
        let note = try SignedNote(parsing: Self.note)
        #expect(key.description == Self.key)
        #expect(note.isSigned(by: key))
        #expect(note.description == Self.note)
    }

    @Test(
        "one changed letter of the text, the name or the signature is no signature",
        arguments: ["answer", "Neumann x", "x08go/Z"])
    func changed(part: String) throws {
        let key = try NoteKey(parsing: Self.key)
        let other = Self.note.replacing(part, with: String(part.dropLast()) + "y")
        #expect(try SignedNote(parsing: other).isSigned(by: key) == false)
    }

    @Test("lines by unknown keys and algorithms are carried along and change nothing") func unknown() throws {
        let key = try NoteKey(parsing: Self.key)
        let more = Self.note + "— future.example AAAAAAECAwQFBgcICQoLDA==\n"
        let note = try SignedNote(parsing: more)
        #expect(note.isSigned(by: key) && note.signatures.count == 2 && note.description == more)
    }

    @Test(
        "what is no note is refused",
        arguments: [
            "", "\n", "text\n", "text\n\n", "text\n\nno signature\n", "text\n\n— name\n", "text\n\n— na+me AAAAAAAA\n",
            "text\n\n— name AAAA\n", "te\txt\n\n— name AAAAAAAA\n", "text\n\n— name AAAAAAAA",
            "text\r\n\n— name AAAAAAAA\n", "text\n\n— name AAAAAAAA \n",
        ])
    func bad(text: String) {
        #expect(throws: MintmarkError.self) { try SignedNote(parsing: text) }
    }

    @Test("a verifier key with a wrong key id or algorithm is refused") func badKeys() {
        for text in [
            "", "name", "name+c74f20a3+AA==", Self.key.replacing("c74f20a3", with: "c74f20a4"),
            Self.key.replacing("+AR", with: "+BR"), Self.key + "A",
        ] {
            #expect(throws: MintmarkError.self) { try NoteKey(parsing: text) }
        }
    }

    @Test("a checkpoint is three exact lines; more are left to others") func checkpoint() throws {
        let root = Base64.encode([UInt8](repeating: 7, count: 32))
        let checkpoint = try Checkpoint(text: "mintmark/00\n12\n\(root)\n")
        #expect(checkpoint.size == 12 && checkpoint.text == "mintmark/00\n12\n\(root)\n")
        #expect(try Checkpoint(text: "mintmark/00\n12\n\(root)\nextension\n").size == 12)
        for bad in [
            "mintmark/00\n012\n\(root)\n", "mintmark/00\n-1\n\(root)\n", "a\n1\nAAAA\n", "\n1\n\(root)\n",
            "a\n1\n\(root)",
        ] {
            #expect(throws: MintmarkError.self, "\(bad)") { try Checkpoint(text: bad) }
        }
    }

    @Test("a cosignature tells its time, and holds for no other text or time") func cosignature() throws {
        let key = try Ed25519PrivateKey()
        let known = NoteKey(name: "witness.example", algorithm: .cosignature, publicKey: key.publicKey)
        var note = SignedNote(
            text: "mintmark/00\n1\n\(Base64.encode([UInt8](repeating: 1, count: 32)))\n", signatures: [])
        note.add(try Cosignature.make(over: note.text, by: key, as: known.name, time: 1_773_740_472))
        #expect(Cosignature.time(in: note, by: known) == 1_773_740_472)
        let signature = note.signatures[0]
        let shifted = [0, 0, 0, 0, 0, 0, 0, 1] as [UInt8] + signature.bytes.dropFirst(8)
        let later = SignedNote(
            text: note.text,
            signatures: [SignedNote.Signature(name: signature.name, keyID: signature.keyID, bytes: shifted)])
        #expect(Cosignature.time(in: later, by: known) == nil)
        #expect(Cosignature.time(in: SignedNote(text: "mintmark/01\n", signatures: note.signatures), by: known) == nil)
        #expect(!note.isSigned(by: known))
    }

    @Test("Ed25519 signs as RFC 8032 §7.1 TEST 2, and reads the key from PEM without its last line end") func rfc8032()
        throws
    {
        let pem = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
            -----END PRIVATE KEY-----
            """
        let key = try Array(pem.utf8).withUnsafeBytes { try Ed25519PrivateKey(pem: $0) }
        let signature = try key.sign([0x72])
        #expect(Hex.encode(key.publicKey.bytes).hasPrefix("3d4017c3e843895a"))
        #expect(Hex.encode(signature).hasPrefix("92a009a9f0d4cab8720e820b5f642540"))
        #expect(key.publicKey.isValid(signature, for: [0x72]))
        #expect(!key.publicKey.isValid(signature, for: [0x73]))
        #expect(!key.publicKey.isValid(Array(signature.dropLast()), for: [0x72]))
        #expect(throws: MintmarkError.self) { try [0x41 as UInt8].withUnsafeBytes { try Ed25519PrivateKey(pem: $0) } }
    }
}
