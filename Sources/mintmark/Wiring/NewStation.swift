// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation
import Synchronization

/// Makes what a new station needs, once in its life: signing key, ledger, head file and the first head.
enum NewStation {
    /// - Returns: what was made, one line each.
    static func make(_ file: StationFile) async throws -> [String] {
        try Folders.make(forFile: file.ledger)
        var made: [String] = []
        if let key = try makeHeadKey(file) { made.append("Signing key: \(key)") }
        let signing = try file.headSigning()
        try SQLiteLedger.create(
            at: file.ledger, station: file.station, kind: file.kind, software: OpenStation.software.version,
            clock: SystemClock())
        made.append("Ledger of station \(file.station): \(file.ledger)")
        if let mirror = file.mirror {
            try LedgerMirror.create(mirror, of: file.ledger)
            made.append("Mirror of the ledger: \(mirror)")
        }
        guard let signing else { return made }
        if let path = file.headFile {
            try Folders.make(forFile: path)
            try signing.createHeadFile()
            made.append("Newest head: \(path)")
        }
        let notices = Mutex<[String]>([])
        let ledger = try await OpenLedger.open(file) { event in
            if case .notice(let text) = event { notices.withLock { $0.append(text) } }
        }
        try await ledger.close()
        for key in try LedgerReader(at: file.ledger).headKeys() { made.append("Verifier key of its heads: \(key)") }
        return made + notices.withLock(\.self)
    }

    /// Makes the signing key where the station file wants it in a file and none is there yet; mode 0600.
    static func makeHeadKey(_ file: StationFile) throws(MintmarkError) -> String? {
        guard case .file(let path) = file.secrets[.headKey] else { return nil }
        return try KeyFile.makeIfAbsent(path) ? path : nil
    }
}
