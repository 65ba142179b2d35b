// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import MintmarkCore

/// What is surely on the mirror's disk: the contents of its `mirror.json`, replaced whole after each batch was synced.
///
/// A folder without this file is no mirror. So an empty mount point is not taken for one, and nothing is written there.
struct MirrorRecord: Equatable {
    static let name = "mirror.json"
    private static let format = 1
    private static let limit = 4096

    /// Id of the log and name of the station, as of the last entry.
    var log: String
    let station: String
    /// Entries, their bytes in `entries.jsonl`, and the RFC 6962 root over them.
    var entries: Int64 = 0
    var bytes: Int64 = 0
    var root = MerkleHasher.empty
    /// Bytes in `heads.txt`.
    var headBytes: Int64 = 0

    /// Nil when there is none.
    ///
    /// - Throws: `.mirrorFault` when it cannot be read or is damaged.
    static func read(_ folder: String) throws(MintmarkError) -> MirrorRecord? {
        let path = "\(folder)/\(name)"
        let bytes = try MirrorFault.io { () throws(MintmarkError) in try FileSystem.read(path, limit: limit) }
        guard let bytes else { return nil }
        do throws(MintmarkError) {
            let json = try JSONParser.object(bytes)
            guard try json.integer("format") == format, let root = Hex.decode(try json.text("root")), root.count == 32
            else { throw MirrorFault.make("\(path) is of another version") }
            return MirrorRecord(
                log: try json.text("log"), station: try json.text("station"),
                entries: Int64(try json.integer("entries")), bytes: Int64(try json.integer("bytes")), root: root,
                headBytes: Int64(try json.integer("head_bytes")))
        } catch {
            throw MirrorFault.make(
                "\(path) cannot be read: \(error.what)",
                next: "Put a whole copy of the folder back, or begin a new mirror.")
        }
    }

    /// Durable under its name when it returns.
    func write(_ folder: String) throws(MintmarkError) {
        let json: JSONObject = [
            "bytes": .integer(bytes), "entries": .integer(entries), "format": .number(Self.format),
            "head_bytes": .integer(headBytes), "log": .string(log), "root": .string(Hex.encode(root)),
            "station": .string(station),
        ]
        try MirrorFault.io { () throws(MintmarkError) in
            let file = try ExportFile("\(folder)/\(Self.name)")
            try file.append((CanonicalJSON.text(json) + "\n").utf8)
            try file.sync()
            try file.publish()
        }
    }
}
