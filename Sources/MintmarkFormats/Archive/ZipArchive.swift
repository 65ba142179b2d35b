// SPDX-License-Identifier: Apache-2.0
internal import CLibZip
internal import MintmarkCore

/// Files of a zip archive, through libzip, one at a time and within bounds. Nothing is written to disk.
enum ZipArchive {
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    /// In bytes, compressed: a reservation of 10,000 DSNs takes less than 10 MB.
    static let maximumSize = 64 << 20
    static let maximumFiles = 10_000
    /// In bytes, uncompressed.
    static let maximumFileSize = 64 * 1024

    /// A zip archive begins with these two letters.
    static func isZip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "PK".utf8) }

    /// Calls `body` with each regular file whose name ends so, in the archive's order, until it throws.
    ///
    /// - Throws: `.badArchive` when the archive is damaged, encrypted, too large, or holds a name that leads elsewhere.
    static func forEachFile(
        of bytes: [UInt8], path: String, ending: String, _ body: (File) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        func refuse(_ what: String) -> MintmarkError {
            MintmarkError(.badArchive, "\(path): \(what)", next: "Fetch the archive again; nothing of it was taken.")
        }
        guard let archive = Open(bytes) else { throw refuse("not a whole zip archive") }
        let count = zip_get_num_entries(archive.handle, 0)
        guard count <= maximumFiles else { throw refuse("\(count) files, at most \(maximumFiles) are read") }
        for index in 0..<zip_uint64_t(max(0, count)) {
            var status = zip_stat_t()
            guard zip_stat_index(archive.handle, index, 0, &status) == 0, let rawName = status.name else {
                throw refuse("file \(index + 1) cannot be read")
            }
            let name = String(cString: rawName)
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            guard !name.hasPrefix("/"), !name.contains("\\"), !parts.contains("..") else {
                throw refuse("the name \(name.quoted) leads out of the archive")
            }
            // Names with ._ are what a Mac adds beside each file.
            guard name.hasSuffix(ending), !(parts.last?.hasPrefix("._") ?? true) else { continue }
            guard status.encryption_method == ZIP_EM_NONE else { throw refuse("\(name.quoted) is encrypted") }
            guard status.size <= maximumFileSize else {
                throw refuse("\(name.quoted) is longer than \(maximumFileSize) bytes")
            }
            guard let content = archive.read(index, count: Int(status.size)) else {
                throw refuse("\(name.quoted) is damaged")
            }
            try body(File(name: name, bytes: content))
        }
    }

    /// An open archive over bytes in memory, so that what is read cannot change in between.
    private final class Open {
        let handle: OpaquePointer
        private let bytes: UnsafeMutableRawBufferPointer

        init?(_ content: [UInt8]) {
            let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 1)
            bytes.copyBytes(from: content)
            var error = zip_error_t()
            zip_error_init(&error)
            defer { zip_error_fini(&error) }
            guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &error) else {
                bytes.deallocate()
                return nil
            }
            guard let handle = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
                zip_source_free(source)
                bytes.deallocate()
                return nil
            }
            (self.handle, self.bytes) = (handle, bytes)
        }

        deinit {
            zip_discard(handle)
            bytes.deallocate()
        }

        /// Reads the whole file and its check sum; nil when either is wrong.
        func read(_ index: zip_uint64_t, count: Int) -> [UInt8]? {
            guard let file = zip_fopen_index(handle, index, 0) else { return nil }
            defer { zip_fclose(file) }
            // One byte more than promised, so that a longer file shows and the check sum is looked at.
            var content = [UInt8](repeating: 0, count: count + 1)
            var got = 0
            while got < content.count {
                let part = content.withUnsafeMutableBytes { buffer in
                    zip_fread(file, buffer.baseAddress.map { $0 + got }, zip_uint64_t(buffer.count - got))
                }
                guard part >= 0 else { return nil }
                if part == 0 { break }
                got += Int(part)
            }
            guard got == count else { return nil }
            content.removeLast()
            return content
        }
    }
}
