// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// One file of a mirror, open to be appended to.
final class MirrorFile {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws(MintmarkError) {
        self.path = path
        descriptor = try MirrorFault.io { () throws(MintmarkError) in
            try FileSystem.call("open", path) {
                open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
            }
        }
    }

    deinit { close(descriptor) }

    func size() throws(MintmarkError) -> Int64 {
        var facts = stat()
        try MirrorFault.io { () throws(MintmarkError) in
            _ = try FileSystem.call("fstat", path) { fstat(descriptor, &facts) }
        }
        return Int64(facts.st_size)
    }

    func append(_ bytes: [UInt8]) throws(MintmarkError) {
        try MirrorFault.io { () throws(MintmarkError) in try FileSystem.write(bytes, to: descriptor, path) }
    }

    func sync() throws(MintmarkError) {
        try MirrorFault.io { () throws(MintmarkError) in
            _ = try FileSystem.call("fsync", path) { fsync(descriptor) }
        }
    }

    /// Takes away bytes that a broken-off copy left and that are no entry of anybody.
    func cut(to size: Int64) throws(MintmarkError) {
        try MirrorFault.io { () throws(MintmarkError) in
            _ = try FileSystem.call("ftruncate", path) { ftruncate(descriptor, off_t(size)) }
        }
    }
}
