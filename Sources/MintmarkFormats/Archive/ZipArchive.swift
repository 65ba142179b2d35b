// SPDX-License-Identifier: Apache-2.0
internal import CLibZip
internal import Foundation
internal import MintmarkCore

/// Files of a zip archive, through libzip, within bounds. Nothing is written to disk.
enum ZipArchive {
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    static let maximumFiles = 10_000
    static let maximumFileSize = 64 * 1024

    /// By the two letters a zip file begins with.
    static func isZip(_ path: String) throws(MintmarkError) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw MintmarkError(.badArchive, "cannot read \(path)", next: "Check the path and the file's rights.")
        }
        defer { file.closeFile() }
        return file.readData(ofLength: 2).elementsEqual("PK".utf8)
    }

    /// The regular files whose names end so, in the archive's order.
    ///
    /// - Throws: `.badArchive` when it is damaged, encrypted, too large, or holds a name that leads elsewhere.
    static func files(_ path: String, ending: String) throws(MintmarkError) -> [File] {
        func refuse(_ what: String) -> MintmarkError {
            MintmarkError(.badArchive, "\(path): \(what)", next: "Fetch the archive again; nothing of it was taken.")
        }
        var code: CInt = 0
        guard let archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code) else {
            throw refuse("not a whole zip archive")
        }
        defer { zip_discard(archive) }
        let count = zip_get_num_entries(archive, 0)
        guard count <= maximumFiles else { throw refuse("\(count) files, at most \(maximumFiles) are read") }
        var files: [File] = []
        for index in 0..<zip_uint64_t(max(0, count)) {
            var status = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &status) == 0, let rawName = status.name else {
                throw refuse("file \(index + 1) cannot be read")
            }
            let name = String(cString: rawName)
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            guard !name.hasPrefix("/"), !name.contains("\\"), !parts.contains("..") else {
                throw refuse("the name \"\(name.prefix(80))\" leads out of the archive")
            }
            guard name.hasSuffix(ending) else { continue }
            guard status.encryption_method == 0 else { throw refuse("\(name) is encrypted") }
            guard status.size <= maximumFileSize else {
                throw refuse("\(name) is longer than \(maximumFileSize) bytes")
            }
            guard let bytes = read(archive, index, count: Int(status.size)) else { throw refuse("\(name) is damaged") }
            files.append(File(name: name, bytes: bytes))
        }
        return files
    }

    /// Reads the whole file and its check sum; nil when either is wrong.
    private static func read(_ archive: OpaquePointer, _ index: zip_uint64_t, count: Int) -> [UInt8]? {
        guard let file = zip_fopen_index(archive, index, 0) else { return nil }
        defer { zip_fclose(file) }
        var bytes = [UInt8](repeating: 0, count: count + 1)
        var got = 0
        while got < bytes.count {
            let part = bytes.withUnsafeMutableBytes { buffer in
                zip_fread(file, buffer.baseAddress.map { $0 + got }, zip_uint64_t(buffer.count - got))
            }
            guard part >= 0 else { return nil }
            if part == 0 { break }
            got += Int(part)
        }
        guard got == count else { return nil }
        bytes.removeLast()
        return bytes
    }
}
