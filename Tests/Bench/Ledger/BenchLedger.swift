// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation

/// The ledger alone: `bench-ledger write FOLDER COUNT` makes a ledger of so many entries and measures appends on the
/// way, `bench-ledger PART LEDGER` measures reading it, `bench-ledger drain FOLDER COUNT URL` the outbox.
/// Each prints one JSON line; memory is the process's peak.
@main
enum BenchLedger {
    static func main() async throws {
        let arguments = CommandLine.arguments
        var figures: [(String, Double)] = []
        switch arguments[1] {
        case "write":
            let path = arguments[2] + "/bench.sqlite"
            try SQLiteLedger.create(at: path, station: "bench", kind: .label, software: "1", clock: SystemClock())
            figures = try await write(path, raw: arguments[2] + "/raw", count: Int(arguments[3]) ?? 0)
        case "drain": figures = try await drain(arguments[2], count: Int(arguments[3]) ?? 0, url: arguments[4])
        case "open": figures = [("ms", try await ready(arguments[2]))]
        case "verify":
            figures = [
                ("ms", try await time { try check(LedgerVerifier(at: arguments[2]).verify(replays: false)) })
            ]
        case "replay": figures = [("ms", try await time { try check(LedgerVerifier(at: arguments[2]).verify()) })]
        case "bundle":
            figures = [("ms", try await time { try check(LedgerBundle(arguments[2]).verify(against: [])) })]
        case "csv":
            figures = [
                ("ms", try await time { try LedgerReader(at: arguments[2]).exportCSV(.units, to: arguments[3]) })
            ]
        default: return
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        figures.append(("mib", Double(usage.ru_maxrss) / 1024))
        print("{\(figures.map { "\"\($0.0)\":\(String(format: "%.3f", $0.1))" }.joined(separator: ","))}")
    }

    /// Entries that make units, one commit at a time beside raw syncs, then in groups of 100.
    private static func write(_ path: String, raw: String, count: Int) async throws -> [(String, Double)] {
        let key = try Ed25519PrivateKey()
        try key.pem().withBytes { try Data($0).write(to: URL(fileURLWithPath: path + ".key")) }
        let signing = HeadSigning(key: key)
        let ledger = try await SQLiteLedger.open(
            at: path, station: "bench", software: "1", binaryHash: "00", clock: SystemClock(), signing: signing)
        let singles = 1000
        var next = 0
        let one = try await time {
            for _ in 0..<singles {
                let unit = try unit(next)
                try await ledger.commit { _ in Decision([unit]) }
                next += 1
            }
        }
        let syncs = try await time { try rawSyncs(raw, singles) }
        let group = 100
        let groups = (count - singles) / group
        let many = try await time {
            for _ in 0..<groups {
                let units = try (next..<next + group).map { try unit($0) }
                try await ledger.commit { _ in Decision(units) }
                next += group
            }
        }
        try await ledger.close()
        return [
            ("single_per_s", Double(singles) / one * 1000), ("raw_per_s", Double(singles) / syncs * 1000),
            ("group_per_s", Double(groups * group) / many * 1000),
        ]
    }

    private static func unit(_ number: Int) throws -> EntryDraft {
        let digits = String(number, radix: 16)
        let mac = try MAC("02" + String(repeating: "0", count: 10 - digits.count) + digits)
        let signature = try HardwareSignature("9f03c2d1-55aa0102-\(mac)")
        return EntryDraft(
            UnitSeen(mac: mac, hwsig: signature, dsn: nil, firmware: "2.4.7"), by: EntryContext(actor: "bench"))
    }

    /// What a durable append costs at least: 4 KiB written over a file that is there, then synced.
    private static func rawSyncs(_ path: String, _ count: Int) throws {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, posix_fallocate(descriptor, 0, off_t(count) * 4096) == 0 else { throw POSIXError(.EIO) }
        defer { Glibc.close(descriptor) }
        let page = [UInt8](repeating: 0x5A, count: 4096)
        for number in 0..<count {
            guard pwrite(descriptor, page, page.count, off_t(number) * 4096) == page.count, fdatasync(descriptor) == 0
            else { throw POSIXError(.EIO) }
        }
    }

    /// Ready to append: lock taken, tail and head checked, the session's entry committed.
    private static func ready(_ path: String) async throws -> Double {
        let key = try Array(Data(contentsOf: URL(fileURLWithPath: path + ".key"))).withUnsafeBytes {
            try Ed25519PrivateKey(pem: $0)
        }
        let begin = ContinuousClock.now
        let ledger = try await SQLiteLedger.open(
            at: path, station: "bench", software: "1", binaryHash: "00", clock: SystemClock(),
            signing: HeadSigning(key: key))
        let time = milliseconds(since: begin)
        try await ledger.close()
        return time
    }

    private static func check(_ report: VerificationReport) throws {
        guard report.isIntact else { throw POSIXError(.EBADMSG) }
    }

    static func time(_ body: () async throws -> Void) async throws -> Double {
        let begin = ContinuousClock.now
        try await body()
        return milliseconds(since: begin)
    }

    private static func milliseconds(since begin: ContinuousClock.Instant) -> Double {
        let time = (ContinuousClock.now - begin).components
        return Double(time.seconds) * 1000 + Double(time.attoseconds) / 1e15
    }
}
