// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkCrypto
import MintmarkFormats
import MintmarkLedger

/// What an auditor brings along to prove a ledger against.
struct OutsideHeadOptions: ParsableArguments {
    @Option(help: "A signed head that was kept outside the factory; may be given again.") var head: [String] = []
    @Option(help: "Verifier key you trust: the log's own, for --head, or a witness's; may be given again.")
    var key: [String] = []

    func witnesses() throws(MintmarkError) -> [NoteKey] { try keys().filter { $0.algorithm == .cosignature } }

    /// The heads given, and the newest one in the ledger or bundle that a trusted witness cosigned.
    func heads(for path: String) throws(MintmarkError) -> [OutsideHead] {
        let (keys, witnesses) = (try keys(), try witnesses())
        var heads = try head.map { file throws(MintmarkError) in
            let bytes = try InputFile.read(file, atMost: SignedNote.maximumSize, code: .badInput)
            return try OutsideHead(note: String(decoding: bytes, as: UTF8.self), name: file, keys: keys)
        }
        guard !witnesses.isEmpty else { return heads }
        let cosigned =
            LedgerBundle.isBundle(path)
            ? try LedgerBundle(path).newestHead(cosignedBy: witnesses)
            : try LedgerReader(at: path).newestHead(cosignedBy: witnesses)
        if let cosigned {
            heads.append(
                try OutsideHead(
                    note: cosigned.note.description,
                    name: "the head that \(witnesses.map(\.name).joined(separator: ", ")) cosigned",
                    keys: witnesses))
        }
        return heads
    }

    /// A key of the log's own that was given and did not sign the newest head.
    func missingSigner(_ report: VerificationReport) throws(MintmarkError) -> String? {
        let own = try keys().filter { $0.algorithm == .ed25519 }.map(\.description)
        return own.contains(where: report.keys.contains) ? nil : own.first
    }

    private func keys() throws(MintmarkError) -> [NoteKey] {
        try key.map { text throws(MintmarkError) in try NoteKey(parsing: text) }
    }
}
