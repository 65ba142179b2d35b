// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore
internal import MintmarkCrypto

/// Where the masked transcripts of runs are kept: one file a run, mode 0600, named by the run's id.
package struct TranscriptFolder: Sendable {
    package let path: String

    /// `var/line-a-1.sqlite` keeps its transcripts in `var/line-a-1.transcripts`.
    package init(besideLedger ledger: String) {
        path = (ledger.hasSuffix(".sqlite") ? String(ledger.dropLast(7)) : ledger) + ".transcripts"
    }

    /// Writes the file whole or not at all and returns its SHA-256 as lower-case hex.
    func keep(_ bytes: [UInt8], run: String) throws(MintmarkError) -> String {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw fault("make", path) }
        let (final, beside) = ("\(path)/\(run).txt", "\(path)/.\(run).new")
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault("open", beside) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            guard count > 0 else {
                let error = fault("write", beside)
                close(descriptor)
                unlink(beside)
                throw error
            }
            written += count
        }
        guard close(descriptor) == 0, rename(beside, final) == 0 else { throw fault("keep", final) }
        return Hex.encode(SHA256.hash(bytes))
    }

    private func fault(_ call: String, _ path: String) -> MintmarkError {
        let code = errno
        return MintmarkError(
            code == ENOSPC ? .diskFull : .stationFault, "cannot \(call) \(path): \(String(cString: strerror(code)))",
            next: "Free space or mend the folder's rights, then run the unit again.", errno: code)
    }
}
