// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// A file, in a folder of its own, for a library that writes nowhere else; both go away with the value.
struct TemporaryFile: ~Copyable {
    private static let maximumSize = 4 << 20

    let path: String
    private let folder: String

    init(named name: String) throws(MintmarkError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/mintmark-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw MintmarkError(
                .stationFault, "cannot make a folder in \(parent)", next: "Set TMPDIR to a folder that can be written.",
                errno: errno)
        }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = "\(folder)/\(name)"
    }

    deinit {
        unlink(path)
        rmdir(folder)
    }

    borrowing func read() throws(MintmarkError) -> [UInt8] {
        guard let handle = fopen(path, "rb") else { throw unreadable }
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: Self.maximumSize)
        let count = fread(&bytes, 1, bytes.count, handle)
        guard count > 0, count < bytes.count, ferror(handle) == 0 else { throw unreadable }
        return Array(bytes[..<count])
    }

    private var unreadable: MintmarkError {
        MintmarkError(.stationFault, "cannot read \(path)", next: "Free some space in TMPDIR.", errno: errno)
    }
}
