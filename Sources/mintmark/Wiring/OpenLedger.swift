// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation

/// A station's ledger, held by its one writer, with those who carry its heads away.
struct OpenLedger {
    /// How long the end of a session waits for the witnesses.
    private static let lastPatience = Duration.seconds(2)

    let ledger: SQLiteLedger
    let contradiction: Contradiction
    private let relay: HeadRelay?
    private let clients: [WitnessClient]

    /// With its signing key and head file. Its heads are on their way to the witnesses from here on.
    static func open(
        _ file: StationFile, tell: @escaping @Sendable (StationEvent) -> Void
    ) async throws -> OpenLedger {
        // A ledger that is lost is the news, whatever else is not there.
        try SQLiteLedger.checkPresent(file.ledger)
        let clients = try file.witnesses.map { witness in
            try WitnessClient(url: witness.url, caFile: witness.caFile, softwareVersion: Mintmark.version)
        }
        let ledger = try await SQLiteLedger.open(
            at: file.ledger, station: file.station, software: OpenStation.software.version,
            binaryHash: OpenStation.software.binary, clock: SystemClock(), signing: try file.headSigning(),
            mirror: file.mirror.map { folder in
                MirrorCopier(folder, of: file.ledger) { text in tell(.notice(text)) }
            })
        let contradiction = Contradiction()
        var relay: HeadRelay?
        if !file.witnesses.isEmpty {
            do {
                relay = HeadRelay(
                    file.witnesses, contradiction: contradiction,
                    outside: try .wired(file, ledger, clients, tell: tell))
            } catch {
                try? await ledger.close()
                throw error
            }
        }
        await ledger.whenSigned { [relay] in relay?.wake() }
        await relay?.start()
        return OpenLedger(ledger: ledger, contradiction: contradiction, relay: relay, clients: clients)
    }

    /// A session that does nothing but sign: its end is under a head.
    static func signHead(of file: StationFile) async throws {
        let opened = try await open(file) { $0.tellNotice() }
        try await opened.close()
    }

    /// Records the session's end, lets the witnesses see it, and gives the ledger back.
    ///
    /// - Throws: the fault that stopped the ledger, or `.ledgerRolledBack` or `.ledgerForked` when a witness found it so.
    func close() async throws {
        do { try await ledger.end() } catch {
            // The close below tells of it; the ledger's lock is given back whatever happened.
        }
        await relay?.finish(within: Self.lastPatience)
        for client in clients { await client.shutdown() }
        try await ledger.close()
        if let error = contradiction.error { throw error }
    }
}

extension HeadRelay.Outside {
    /// From this ledger to the witnesses of the station file.
    fileprivate static func wired(
        _ file: StationFile, _ ledger: SQLiteLedger, _ clients: [WitnessClient],
        tell: @escaping @Sendable (StationEvent) -> Void
    ) throws(MintmarkError) -> HeadRelay.Outside {
        let reader = try LedgerReader(at: file.ledger)
        // A log that goes on from another one begins with that one's heads: they are not its own.
        let origin = Checkpoint.origin(log: try reader.summary().log)
        let byName = Dictionary(zip(file.witnesses.map(\.key.name), clients), uniquingKeysWith: { first, _ in first })
        return HeadRelay.Outside(
            newest: {
                try reader.newestHead().flatMap {
                    $0.checkpoint.origin == origin ? ($0.note, $0.checkpoint.size) : nil
                }
            },
            standing: { try reader.standing(ofWitness: $0.key.name) },
            send: { submission, witness, deadline in
                guard let client = byName[witness.key.name] else { throw CancellationError() }
                let request = WitnessRequest(
                    old: submission.old,
                    proof: try reader.consistencyProof(from: submission.old, to: submission.size),
                    head: try SignedHead(parsing: submission.head.description))
                return try await client.addCheckpoint(request.description, by: deadline)
            },
            keep: { try await ledger.keep($0, of: $1) }, clock: SystemClock(), tell: tell)
    }
}
