// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// A file system of a few hundred kilobytes in memory, for as long as the value lives.
struct SmallDisk: ~Copyable {
    let folder: TemporaryFolder

    /// Whether this process may mount: root outside of most containers.
    static let canMount = (try? SmallDisk(kilobytes: 64)) != nil

    init(kilobytes: Int) throws {
        let folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else { throw POSIXError(.EPERM) }
        self.folder = folder
    }

    func grow(kilobytes: Int) { _ = mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=\(kilobytes)k") }

    deinit { umount2(folder.path, Int32(MNT_DETACH)) }
}
