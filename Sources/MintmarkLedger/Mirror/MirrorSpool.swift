// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

/// The sealed spool's copy in a mirror. Not append-only: what the station wiped is wiped here too.
package enum MirrorSpool {
    private static let name = "spool"
    private static let limit = 4096

    static func isThere(_ mirror: String) -> Bool { FileSystem.exists("\(mirror)/\(name)") }

    /// Makes the mirror's spool equal to the ledger's. Whatever else is in it is wiped: what the station wiped, and the
    /// pieces of a copier that was killed.
    static func copy(from ledger: String, to mirror: String) throws(MintmarkError) {
        let (source, target) = (SealedSpool.folder(of: ledger), "\(mirror)/\(name)")
        let wanted = FileSystem.exists(source) ? try SealedSpool.files(in: source) : []
        guard !wanted.isEmpty || isThere(mirror) else { return }
        try MirrorFault.io { () throws(MintmarkError) in
            try FileSystem.makeFolders(target)
            let there = try FileSystem.names(in: target)
            for file in there where !wanted.contains(file) { try SealedSpool.wipe("\(target)/\(file)") }
            for file in wanted where !there.contains(file) { try copy("\(source)/\(file)", "\(target)/\(file)") }
        }
    }

    /// Puts the secrets of a mirror beside a ledger that was made anew.
    static func restore(from mirror: String, to ledger: String) throws(MintmarkError) {
        guard isThere(mirror) else { return }
        let target = SealedSpool.folder(of: ledger)
        try FileSystem.makeFolders(target)
        for file in try SealedSpool.files(in: "\(mirror)/\(name)") {
            try copy("\(mirror)/\(name)/\(file)", "\(target)/\(file)")
        }
    }

    /// Copies the sealed secrets of these requests from beside another ledger, as far as they are there.
    package static func takeOver(_ requests: [String], from old: String, to ledger: String) throws(MintmarkError) {
        let (source, target) = (SealedSpool.folder(of: old), SealedSpool.folder(of: ledger))
        guard FileSystem.exists(source), FileSystem.exists(target) else { return }
        for file in try SealedSpool.files(in: source) where requests.contains(where: { file.hasPrefix($0 + ".") }) {
            try copy("\(source)/\(file)", "\(target)/\(file)")
        }
    }

    /// Nothing to do when it was wiped meanwhile.
    private static func copy(_ source: String, _ target: String) throws(MintmarkError) {
        guard let sealed = try FileSystem.read(source, limit: limit) else { return }
        try ExportFile.replace(target, with: sealed)
    }
}
