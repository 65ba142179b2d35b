// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// A witness at work: judges by its book, cosigns, keeps what it cosigned, and only then lets the cosignature go.
///
/// An actor that never waits inside a request, so no two requests are judged against the same state.
package actor Witness {
    nonisolated private let executor: QueueExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The key that auditors are given.
    package nonisolated let verifierKey: NoteKey
    private let key: any SigningKey
    private let store: WitnessStore
    private let clock: any StationClock
    private var book: WitnessBook
    /// Sticky: after a write that failed nobody knows what the disk has until the file is read again.
    private var fault: MintmarkError?

    /// - Throws: what `WitnessStore` throws.
    package init(
        key: any SigningKey, store path: String, logs: [NoteKey], clock: any StationClock
    ) throws(MintmarkError) {
        let store = try WitnessStore(path, publicKey: key.publicKey)
        executor = QueueExecutor(label: "mintmark-witness")
        verifierKey = NoteKey(name: store.name, algorithm: .cosignature, publicKey: key.publicKey)
        self.key = key
        self.store = store
        self.clock = clock
        book = WitnessBook(logs: logs, newest: store.heads.values.map(\.checkpoint))
    }

    /// Makes the memory of a new witness, once in its life, and tells its verifier key.
    ///
    /// - Throws: `.badInput` for a name that cannot stand in a note, `.ledgerFault` when a file stands there.
    package static func create(name: String, key: any SigningKey, store path: String) throws(MintmarkError) -> NoteKey {
        guard NoteKey.isName(name) else {
            throw MintmarkError(
                .badInput, "\(name.prefix(100).quoted) is no name of a witness",
                next: "Use letters, digits, points and slashes, as in acme.example/witness-1.")
        }
        let known = NoteKey(name: name, algorithm: .cosignature, publicKey: key.publicKey)
        try WitnessStore.create(path, key: known)
        return known
    }

    /// Answers the body of an add-checkpoint request.
    package func addCheckpoint(_ body: [UInt8]) -> WitnessAnswer {
        if let fault { return .failed(fault) }
        let request: WitnessRequest
        do { request = try WitnessRequest(parsing: body) } catch { return .malformed(error.what) }
        switch book.judge(request) {
        case .refused(let answer): return answer
        case .accepted(let head):
            do {
                let signature = try cosign(head)
                return .cosigned(signature)
            } catch {
                fault = error
                return .failed(error)
            }
        }
    }

    private func cosign(_ head: SignedHead) throws(MintmarkError) -> SignedNote.Signature {
        let signature = try Cosignature.make(
            over: head.note.text, by: key, as: verifierKey.name, time: clock.wall / 1_000_000)
        var note = head.note
        note.add(signature)
        try store.keep(SignedHead(note))
        book.note(head.checkpoint)
        return signature
    }
}
