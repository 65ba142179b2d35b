// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import Glibc
internal import MintmarkCore

/// The few file calls that durability needs. Each names its C function in the error.
enum FileSystem {
    /// Runs a call that returns -1 and sets `errno`; retries EINTR.
    @inline(never) @discardableResult
    static func call(_ name: StaticString, _ path: String, _ body: () -> Int32) throws(MintmarkError) -> Int32 {
        while true {
            let result = body()
            let code = errno  // first thing: building the message below may overwrite it
            if result != -1 { return result }
            guard code == EINTR else { throw LedgerFault.file(name, path, code) }
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func unlink(_ path: String) throws(MintmarkError) { try call("unlink", path) { Glibc.unlink(path) } }

    /// Everything before the last slash; `.` when there is none.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(of path: String) -> String {
        String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    }

    /// Makes names in a folder durable: `fsync` of the folder itself.
    static func syncFolder(_ path: String) throws(MintmarkError) {
        let descriptor = try call("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        try call("fsync", path) { fsync(descriptor) }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(MintmarkError) {
        let code = bytes.withUnsafeBytes { bytes -> Int32 in
            var rest = bytes
            while let base = rest.baseAddress, !rest.isEmpty {
                let sent = Glibc.write(descriptor, base, rest.count)
                let code = errno
                if sent < 0 && code == EINTR { continue }
                guard sent > 0 else { return sent == 0 ? EIO : code }
                rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
            }
            return 0
        }
        if code != 0 { throw LedgerFault.file("write", path, code) }
    }

    /// Opens a file to read it, and nothing that only looks like one: a pipe would be waited for, a device has no end.
    static func openFile(_ path: String, _ flags: Int32 = 0) throws(MintmarkError) -> Int32 {
        let descriptor = try call("open", path) { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw MintmarkError(.badInput, "\(path) is no file", next: "Give a file, or mend the folder.")
        }
        return descriptor
    }

    /// At most `limit` bytes of a file; nil when there is none. `waits` for whoever is behind a name that is no file.
    static func read(_ path: String, limit: Int, waits: Bool = true) throws(MintmarkError) -> [UInt8]? {
        guard exists(path) else { return nil }
        let descriptor =
            waits
            ? try call("open", path) { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) } : try openFile(path, O_NOFOLLOW)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit, 65_536))
        while bytes.count < limit {
            let wanted = min(chunk.count, limit - bytes.count)
            let count = Glibc.read(descriptor, &chunk, wanted)
            let code = errno
            if count < 0 && code == EINTR { continue }
            guard count >= 0 else { throw LedgerFault.file("read", path, code) }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// Makes a folder and those above it, mode 0700.
    static func makeFolders(_ path: String) throws(MintmarkError) {
        guard !exists(path) else { return }
        let above = folder(of: path)
        if above != "." && above != path { try makeFolders(above) }
        try call("mkdir", path) { mkdir(path, 0o700) }
    }

    /// Everything that was written to the disk of this folder is on it.
    static func syncAll(_ folder: String) throws(MintmarkError) {
        let descriptor = try call("open", folder) { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        try call("syncfs", folder) { mintmark_syncfs(descriptor) }
    }

    /// Names in a folder, in no order.
    static func names(in folder: String) throws(MintmarkError) -> [String] {
        let opened = opendir(folder)
        let code = errno
        guard let handle = opened else { throw LedgerFault.file("opendir", folder, code) }
        defer { closedir(handle) }
        var names: [String] = []
        while let item = readdir(handle) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a folder of our own making.
    static func removeTree(_ path: String) throws(MintmarkError) {
        for name in try names(in: path) {
            let inner = "\(path)/\(name)"
            if isFolder(inner) { try removeTree(inner) } else { try unlink(inner) }
        }
        try call("rmdir", path) { rmdir(path) }
    }

    /// Every file below a folder, by its path from there, sorted.
    static func files(in folder: String) throws(MintmarkError) -> [String] {
        var files: [String] = []
        for name in try names(in: folder) {
            let inner = "\(folder)/\(name)"
            if isFolder(inner) {
                files += try Self.files(in: inner).map { "\(name)/\($0)" }
            } else {
                files.append(name)
            }
        }
        return files.sorted()
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
