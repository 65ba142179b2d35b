// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// The right to add to a mirror: `flock` on a file in it. Who comes second waits.
final class MirrorLock {
    private let descriptor: Int32

    init(_ folder: String) throws(MintmarkError) {
        let path = "\(folder)/lock"
        descriptor = try MirrorFault.io { () throws(MintmarkError) in
            try FileSystem.call("open", path) { open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600) }
        }
        let file = descriptor
        do throws(MintmarkError) {
            try MirrorFault.io { () throws(MintmarkError) in
                _ = try FileSystem.call("flock", path) { flock(file, LOCK_EX) }
            }
        } catch {
            close(file)
            throw error
        }
    }

    deinit { close(descriptor) }
}
