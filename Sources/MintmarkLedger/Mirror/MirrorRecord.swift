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
    /// - Throws: `.mirrorFault` when it cannot be read, is damaged, or is of another version.
    static func read(_ folder: String) throws(MintmarkError) -> MirrorRecord? {
        let path = "\(folder)/\(name)"
        let bytes = try MirrorFault.io { () throws(MintmarkError) in try FileSystem.read(path, limit: limit) }
        guard let bytes else { return nil }
        let record: MirrorRecord?
        do throws(MintmarkError) { record = try MirrorRecord(JSONParser.object(bytes)) } catch {
            throw MirrorFault.make(
                "\(path) cannot be read: \(error.what)",
                next: "Put a whole copy of the folder back, or begin a new mirror.")
        }
        guard let record else {
            throw MirrorFault.make(
                "\(path) is of another version", next: "Install the program that made this mirror, or begin a new one.")
        }
        return record
    }

    /// Nil when it is of another version.
    ///
    /// - Throws: `.badInput` when a member is missing or says what cannot be.
    private init?(_ json: JSONObject) throws(MintmarkError) {
        guard try json.integer("format") == Self.format else { return nil }
        guard let root = Hex.decode(try json.text("root")), root.count == 32 else { throw Self.impossible("root") }
        self.init(log: try json.text("log"), station: try json.text("station"))
        (entries, bytes) = (try Self.count("entries", json), try Self.count("bytes", json))
        (self.root, headBytes) = (root, try Self.count("head_bytes", json))
        // An entry is longer than one byte, so this keeps a damaged number from being taken for a longer log.
        guard entries <= bytes else { throw Self.impossible("entries") }
    }

    /// Of a mirror that is empty.
    init(log: String, station: String) { (self.log, self.station) = (log, station) }

    private static func count(_ name: String, _ json: JSONObject) throws(MintmarkError) -> Int64 {
        let value = Int64(try json.integer(name))
        guard value >= 0 else { throw impossible(name) }
        return value
    }

    private static func impossible(_ name: String) -> MintmarkError {
        MintmarkError(.badInput, "its `\(name)` cannot be", next: "Put a whole copy of the folder back.")
    }

    /// Durable under its name when it returns.
    func write(_ folder: String) throws(MintmarkError) {
        let json: JSONObject = [
            "bytes": .integer(bytes), "entries": .integer(entries), "format": .number(Self.format),
            "head_bytes": .integer(headBytes), "log": .string(log), "root": .string(Hex.encode(root)),
            "station": .string(station),
        ]
        try MirrorFault.io { () throws(MintmarkError) in
            try ExportFile.replace("\(folder)/\(Self.name)", with: (CanonicalJSON.text(json) + "\n").utf8)
        }
    }
}
