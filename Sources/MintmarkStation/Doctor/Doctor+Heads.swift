// SPDX-License-Identifier: Apache-2.0

extension Doctor {
    /// How far signed heads cover the ledger.
    package struct Heads: Sendable, Equatable {
        /// Entries under the newest signed head, and its age in seconds; nil when none was signed.
        let signed: Int64
        let age: Int64?
        /// Entries behind it, and the age of the first of them in seconds.
        let unsigned: Int64
        let unsignedSeconds: Int64

        package init(signed: Int64, age: Int64?, unsigned: Int64, unsignedSeconds: Int64) {
            self.signed = signed
            self.age = age
            self.unsigned = unsigned
            self.unsignedSeconds = unsignedSeconds
        }
    }

    /// Seconds within which a station that runs has signed every entry, with as much again for a slow disk.
    private static let patience: Int64 = 120

    func heads() -> [DoctorFinding] {
        guard file.secrets[.headKey] != nil else {
            return [
                DoctorFinding(
                    "heads", .warning, "no heads of the ledger are signed: nobody can prove later that it is whole",
                    cure: "Name a head-key under secrets and run `mintmark station init` on a new station.")
            ]
        }
        return [headKey(), newestHead()] + (file.headFile.map { [headFile($0)] } ?? [])
    }

    private func headKey() -> DoctorFinding {
        do {
            return DoctorFinding("head key", .good, "key \(try outside.headKey()) may sign heads of this ledger")
        } catch {
            return DoctorFinding("head key", error.asMintmark)
        }
    }

    private func newestHead() -> DoctorFinding {
        do {
            let heads = try outside.heads()
            let behind =
                heads.unsigned == 0
                ? "nothing behind it"
                : "\(heads.unsigned) entries behind it, the oldest \(heads.unsignedSeconds) s old"
            let text = heads.age.map { "the newest covers \(heads.signed) entries and is \($0) s old; \(behind)" }
            guard let text, heads.unsigned == 0 || heads.unsignedSeconds <= Self.patience else {
                return DoctorFinding(
                    "heads", .warning, text ?? "no head was signed yet over \(heads.unsigned) entries",
                    cure: "Run `mintmark ledger checkpoint STATION-FILE --sign`; the next session signs too.")
            }
            return DoctorFinding("heads", .good, text)
        } catch {
            return DoctorFinding("heads", error.asMintmark)
        }
    }

    private func headFile(_ path: String) -> DoctorFinding {
        do {
            let size = try outside.headFile(path)
            return DoctorFinding("head file", .good, "\(path) agrees with the ledger, over \(size) entries")
        } catch {
            return DoctorFinding("head file", error.asMintmark)
        }
    }
}
