// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import TestSupport

/// A disk that is rebuilt from the calls of the processes that wrote it, and what a power cut may leave of it.
///
/// Kept for sure is what POSIX promises: the bytes of a file up to its last sync, and the names in a folder up to the
/// folder's own. Of everything behind that, each sector of each write, each truncation and each name may have reached
/// the disk or not, whatever came before it.
struct RecordedDisk {
    private enum Change {
        case write(offset: Int, Data)
        case truncate(Int)
    }

    private struct File {
        var synced = Data()
        var pending: [Change] = []

        mutating func sync() {
            for change in pending {
                switch change {
                case .write(let offset, let data): synced.put(data, at: offset)
                case .truncate(let length): synced.cut(to: length)
                }
            }
            pending = []
        }
    }

    private enum Naming {
        case add(String, file: Int)
        case remove(String)
        case move(String, to: String, file: Int)
    }

    private let folder: String
    private let told: String
    /// The number in the last line that the writer wrote to `told`; nil before the first.
    private(set) var acknowledged: Int?
    private var files: [File] = []
    /// Newest file that had this inode.
    private var inodes: [UInt64: Int] = [:]
    private var names: [String: Int] = [:]
    private var pendingNames: [Naming] = []

    init(_ bench: LedgerBench) { (folder, told) = (bench.folder, bench.told) }

    mutating func apply(_ record: CallRecord) {
        guard record.error == 0 else { return }
        if record.path == told {
            if record.operation == .write { acknowledged = Int(record.data.dropLast().asText) }
            return
        }
        switch record.operation {
        case .create:
            inodes[record.inode] = files.count
            pendingNames.append(.add(record.path, file: files.count))
            files.append(File())
        case .write:
            if let file = inodes[record.inode] {
                files[file].pending.append(.write(offset: record.offset, record.data))
            }
        case .truncate: if let file = inodes[record.inode] { files[file].pending.append(.truncate(record.offset)) }
        case .sync:
            if record.path == folder {
                for naming in pendingNames { Self.apply(naming, to: &names) }
                pendingNames = []
            } else if let file = inodes[record.inode] {
                files[file].sync()
            }
        case .rename:
            if let file = inodes[record.inode] { pendingNames.append(.move(record.path, to: record.other, file: file)) }
        case .link: if let file = inodes[record.inode] { pendingNames.append(.add(record.other, file: file)) }
        case .unlink: pendingNames.append(.remove(record.path))
        case .talk: break
        }
    }

    /// The files, by name without folder, as they may be found after a cut now. `-shm` lives in memory and is lost.
    func image(_ random: inout SplitMix64) -> [String: Data] {
        // Some cuts lose nearly everything, some nearly nothing.
        let kept = [0, 5, 30, 50, 70, 95, 100].randomElement(using: &random) ?? 50
        let sector = Bool.random(using: &random) ? 512 : 4096
        var names = names
        for naming in pendingNames where Int.random(in: 0..<100, using: &random) < kept {
            Self.apply(naming, to: &names)
        }
        var image: [String: Data] = [:]
        for (name, file) in names.sorted(by: { $0.key < $1.key }) where !name.hasSuffix("-shm") {
            image[String(name.dropFirst(folder.count + 1))] = Self.content(of: files[file], kept, sector, &random)
        }
        return image
    }

    private static func apply(_ naming: Naming, to names: inout [String: Int]) {
        switch naming {
        case .add(let name, let file): names[name] = file
        case .remove(let name): names[name] = nil
        case .move(let name, let other, let file):
            names[name] = nil
            names[other] = file
        }
    }

    private static func content(
        of file: File, _ kept: Int, _ sector: Int, _ random: inout SplitMix64
    ) -> Data {
        var (content, lengths) = (file.synced, [file.synced.count])
        for change in file.pending {
            switch change {
            case .write(let offset, let data):
                for piece in pieces(offset, data.count, sector) where Int.random(in: 0..<100, using: &random) < kept {
                    content.put(
                        data[data.startIndex + piece.lowerBound - offset..<data.startIndex + piece.upperBound - offset],
                        at: piece.lowerBound)
                }
                lengths.append(max(lengths.last ?? 0, offset + data.count))
            case .truncate(let length):
                if Int.random(in: 0..<100, using: &random) < kept { content.cut(to: length) }
                lengths.append(length)
            }
        }
        // The length is written apart from the bytes.
        if Int.random(in: 0..<3, using: &random) == 0, let length = lengths.randomElement(using: &random) {
            content.cut(to: length)
        }
        return content
    }

    /// A write cut at the sectors' edges.
    private static func pieces(_ offset: Int, _ count: Int, _ sector: Int) -> [Range<Int>] {
        var (pieces, at) = ([Range<Int>](), offset)
        while at < offset + count {
            let end = min((at / sector + 1) * sector, offset + count)
            pieces.append(at..<end)
            at = end
        }
        return pieces
    }
}

extension Data {
    fileprivate mutating func put(_ data: Data, at offset: Int) {
        if count < offset + data.count { append(Data(count: offset + data.count - count)) }
        replaceSubrange(offset..<offset + data.count, with: data)
    }

    fileprivate mutating func cut(to length: Int) {
        if length < count { removeSubrange(length..<count) } else { append(Data(count: length - count)) }
    }

    fileprivate var asText: String { String(decoding: self, as: UTF8.self) }
}
