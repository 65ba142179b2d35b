// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A text with signature lines, as C2SP signed-note writes it.
///
/// The text ends with a line end; an empty line parts it from the signatures, each `— name base64(key id ‖ signature)`.
package struct SignedNote: Sendable, Equatable {
    package struct Signature: Sendable, Equatable {
        package let name: String
        /// First four bytes of a hash over name and key: which key it claims to be from.
        package let keyID: [UInt8]
        package let bytes: [UInt8]

        package init(name: String, keyID: [UInt8], bytes: [UInt8]) {
            self.name = name
            self.keyID = keyID
            self.bytes = bytes
        }

        package var line: String { "— \(name) \(Base64.encode(keyID + bytes))\n" }
    }

    /// Longest note that is read, in bytes.
    package static let maximumSize = 65_536
    /// Signatures that are read at most; C2SP asks for at least 16.
    private static let maximumSignatures = 100

    package let text: String
    package private(set) var signatures: [Signature]

    package init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// - Throws: `.badInput` when it is not such a note. Signatures by unknown keys are no fault.
    package init(parsing note: String) throws(MintmarkError) {
        guard note.utf8.count <= Self.maximumSize else { throw Self.bad("is longer than \(Self.maximumSize) bytes") }
        guard note.unicodeScalars.allSatisfy({ $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw Self.bad("holds control characters")
        }
        guard let gap = note.range(ofLast: "\n\n"), note.hasSuffix("\n") else { throw Self.bad("has no signatures") }
        text = String(note[..<gap]) + "\n"
        let lines = note[gap...].dropFirst(2).dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard (1...Self.maximumSignatures).contains(lines.count) else {
            throw Self.bad("has \(lines.count) signatures")
        }
        signatures = []
        for line in lines { signatures.append(try Signature(parsing: line)) }
    }

    /// The note as a file holds it.
    package var description: String { text + "\n" + signatures.map(\.line).joined() }

    package mutating func add(_ signature: Signature) { signatures.append(signature) }

    package static func bad(_ what: String) -> MintmarkError {
        MintmarkError(.badInput, "the signed note \(what)", next: "Get it again from where it came from.")
    }
}

extension SignedNote.Signature {
    /// `— name base64`
    package init(parsing line: Substring) throws(MintmarkError) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "—", !parts[1].isEmpty, !parts[1].contains("+"),
            let bytes = Base64.decode(String(parts[2])), bytes.count > 4
        else { throw SignedNote.bad("has a line that is no signature") }
        self.init(name: String(parts[1]), keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
    }
}

extension String {
    /// Where the last occurrence begins.
    fileprivate func range(ofLast mark: String) -> String.Index? {
        let (bytes, wanted) = (utf8, Array(mark.utf8))
        var index = bytes.index(bytes.endIndex, offsetBy: -wanted.count, limitedBy: bytes.startIndex)
        while let at = index {
            if bytes[at...].starts(with: wanted) { return at }
            index = bytes.index(at, offsetBy: -1, limitedBy: bytes.startIndex)
        }
        return nil
    }
}
