// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension Doctor.Outside {
    /// The real machine, ledger and cloud.
    static func real(_ file: StationFile) -> Doctor.Outside {
        Doctor.Outside(
            devicePath: { slot in try slot.devicePath() },
            isRunning: { ProcessTable.isRunning($0) },
            isClockSynced: { SystemClock().isSynchronised },
            isClockConfirmed: { try LedgerReader(at: file.ledger).look { try $0.clock().confirms(SystemClock()) } },
            lockLedger: { try SQLiteLedger.probe(file.ledger) },
            mirrorLag: { try mirrorLag(file) },
            sqliteVersion: { LedgerReader.sqliteVersion },
            stock: { try StationStock.of(file) },
            headKey: { try headKey(file) }, heads: { try heads(file) },
            headFile: { try LedgerReader(at: file.ledger).checkHeadFile($0) },
            reach: { try await reach(file, $0, $1, $2) },
            signIn: { try await signIn(file) })
    }

    private static func mirrorLag(_ file: StationFile) throws(MintmarkError) -> MirrorLag? {
        guard let mirror = file.mirror else { return nil }
        return try LedgerReader(at: file.ledger).mirrorLag(mirror, now: SystemClock().wall)
    }

    private static func headKey(_ file: StationFile) throws(MintmarkError) -> String {
        guard let signing = try file.headSigning() else {
            throw MintmarkError(.badSecret, "the station file names no head-key", next: "Name it under secrets.")
        }
        return try LedgerReader(at: file.ledger).keyID(of: signing)
    }

    private static func heads(_ file: StationFile) throws(MintmarkError) -> Doctor.Heads {
        let window = try LedgerReader(at: file.ledger).unanchored(now: SystemClock().wall)
        return Doctor.Heads(
            signed: window.signed, age: window.headSeconds, unsigned: window.unsigned,
            unsignedSeconds: window.unsignedSeconds)
    }

    private static func reach(
        _ file: StationFile, _ address: CloudAddress, _ depth: ProbeDepth, _ deadline: Deadline
    ) async throws(MintmarkError) -> Doctor.Reached {
        let probe = try CloudProbe(caFile: file.caFile, proxy: file.proxy)
        let reached = try await probe.reach(address, to: depth, by: deadline)
        let now = SystemClock().wall / 1_000_000
        return Doctor.Reached(peer: reached.peer, certificateLeft: reached.certificateEnd.map { $0 - now })
    }

    private static func signIn(_ file: StationFile) async throws(MintmarkError) -> String {
        let proxy = try OpenStation.proxy(for: file)
        let role: Result<String, MintmarkError>
        do { role = .success(try await proxy.signIn()) } catch { role = .failure(error) }
        try? await proxy.signOut()
        await proxy.shutdown()
        return try role.get()
    }
}
