// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import Synchronization
import TestSupport

/// A new ledger with signed heads and a mirror beside it.
final class MirrorFixture: Sendable {
    private let ledger: LedgerFixture
    let path: String
    let clock: TestClock
    let key: Ed25519PrivateKey
    let mirror: String
    /// What the copier told.
    let told = Told()

    /// `mirror` is a folder of another disk; nil puts it beside the ledger.
    init(mirror: String? = nil) throws {
        ledger = try LedgerFixture(kind: .label)
        (path, clock) = (ledger.path, ledger.clock)
        key = try Ed25519PrivateKey()
        self.mirror = mirror ?? ledger.folder.file("mirror")
        try LedgerMirror.create(self.mirror, of: path)
    }

    func open(patience: Duration = .seconds(3)) async throws -> SQLiteLedger {
        let told = told
        return try await SQLiteLedger.open(
            at: path, station: "bench", software: "1", binaryHash: "00", clock: clock,
            signing: HeadSigning(key: key), mirror: MirrorCopier(mirror, of: path, patience: patience) { told.add($0) })
    }

    /// A session that appends DSNs; the mirror has them all when it returns, if it can be reached.
    func write(_ numbers: Range<Int>) async throws {
        let ledger = try await open()
        do {
            for number in numbers { try await ledger.append(try UnitLife.reserved(number)) }
        } catch {
            try? await ledger.close()
            throw error
        }
        try await ledger.close()
    }

    var entries: String { "\(mirror)/entries.jsonl" }
    var record: String { "\(mirror)/mirror.json" }

    func lag() throws -> MirrorLag { try LedgerReader(at: path).mirrorLag(mirror, now: clock.wall) }

    /// What is wrong with the mirror, compared with the ledger; nil when it has all of it, byte for byte.
    func difference() throws -> String? {
        let reader = try LedgerReader(at: path)
        let report = try LedgerBundle(mirror).verify(against: [])
        guard report.isIntact else { return "\(report.problems)" }
        let (summary, bytes) = (try reader.summary(), try Data(contentsOf: URL(fileURLWithPath: entries)))
        guard report.entries == summary.size, report.root == summary.root, report.log == summary.log else {
            return "\(report.entries) of \(summary.size) entries"
        }
        let all = try reader.entries().map { $0.bytes + [UInt8(ascii: "\n")] }.joined()
        return bytes.elementsEqual(all) ? nil : "entries.jsonl is not the ledger's entries"
    }

    func file(_ name: String) -> String { ledger.folder.file(name) }

    /// The folder's state, to go back to.
    func keep(_ name: String) throws -> String {
        let copy = file(name)
        try FileManager.default.copyItem(atPath: mirror, toPath: copy)
        return copy
    }

    /// Whether the mirror gets all of it while the session goes on.
    func follows(within limit: Duration) throws -> Bool {
        let end = ContinuousClock.now + limit
        while try lag().missing > 0 {
            guard ContinuousClock.now < end else { return false }
            try locked {}
        }
        return true
    }

    /// While no copier is at work.
    func locked(_ body: () throws -> Void) throws {
        let file = Glibc.open("\(mirror)/lock", O_RDWR | O_CREAT, 0o600)
        defer { close(file) }
        guard flock(file, LOCK_EX) == 0 else { throw POSIXError(.EIO) }
        try body()
    }

    /// Another file in a file's place.
    func replace(_ path: String, by other: String) throws {
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: other, toPath: path)
    }
}

extension MirrorFixture {
    /// The ledger's file as it is now, and back to it.
    func keepLedger() throws -> String {
        let copy = file("\(UUID().uuidString).sqlite")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        return copy
    }

    func goBack(to copy: String) throws {
        for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
        try replace(path, by: copy)
    }
}

/// Lines that somebody was told.
final class Told: Sendable {
    private let text = Mutex<[String]>([])

    func add(_ line: String) { text.withLock { $0.append(line) } }

    var lines: [String] { text.withLock(\.self) }
}
