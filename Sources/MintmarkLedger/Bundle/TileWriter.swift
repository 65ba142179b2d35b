// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// Writes a log as static files: hashes in tiles of 256, entries in bundles of 256 (C2SP tlog-tiles).
///
/// Keeps one open tile a level, so its memory does not grow with the log.
struct TileWriter {
    private static let width = 1 << TreeStore.step

    private let folder: String
    private let hasher = MerkleHasher()
    /// Hashes of the open tile at each level.
    private var open: [[[UInt8]]] = []
    /// Full tiles at each level.
    private var full: [Int64] = []
    private var entries: [UInt8] = []

    /// `folder` is the one in which `tile/` will stand.
    init(_ folder: String) { self.folder = folder }

    mutating func append(_ body: UnsafeRawBufferPointer, leaf: [UInt8]) throws(MintmarkError) {
        entries.append(UInt8(truncatingIfNeeded: body.count >> 8))
        entries.append(UInt8(truncatingIfNeeded: body.count))
        entries.append(contentsOf: body)
        if (open.first?.count ?? 0) + 1 == Self.width {
            try write(entries, "entries", full.first ?? 0, nil)
            entries.removeAll(keepingCapacity: true)
        }
        try add(leaf, at: 0)
    }

    /// Writes what is not full yet, as partial tiles.
    func finish() throws(MintmarkError) {
        for (level, tile) in open.enumerated() where !tile.isEmpty {
            try write(Array(tile.joined()), String(level), full[level], tile.count)
        }
        if !entries.isEmpty { try write(entries, "entries", full[0], open[0].count) }
    }

    private mutating func add(_ hash: [UInt8], at level: Int) throws(MintmarkError) {
        if open.count == level {
            open.append([])
            full.append(0)
        }
        open[level].append(hash)
        guard open[level].count == Self.width else { return }
        try write(Array(open[level].joined()), String(level), full[level], nil)
        var tree = MerkleTree()
        for hash in open[level] { tree.append(hash) }
        open[level] = []
        full[level] += 1
        try add(tree.root, at: level + 1)
    }

    /// `tile/<level>/x001/x234/067`, with `.p/<width>` when it is partial.
    private func write(
        _ bytes: [UInt8], _ level: String, _ index: Int64, _ width: Int?
    ) throws(MintmarkError) {
        var path = Self.digits(index % 1000)
        var rest = index / 1000
        while rest > 0 {
            path = "x\(Self.digits(rest % 1000))/\(path)"
            rest /= 1000
        }
        let file = "\(folder)/tile/\(level)/\(path)\(width.map { ".p/\($0)" } ?? "")"
        try FileSystem.makeFolders(FileSystem.folder(of: file))
        let output = try ExportFile(file)
        try output.append(bytes)
        try output.finish()
    }

    private static func digits(_ number: Int64) -> String {
        String(repeating: "0", count: number < 10 ? 2 : number < 100 ? 1 : 0) + String(number)
    }
}
