// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Doctor {
    /// Free DSNs under which a label station is about to stop.
    private static let fewDSNs = 100
    /// Seconds after which a waiting registration is no longer a matter of course.
    private static let longWait: Int64 = 3600

    /// The ledger and what stands in it.
    var ledgers: [DoctorCheck] {
        [
            DoctorCheck("sqlite") { sqlite() }, DoctorCheck("ledger") { ledger() },
            DoctorCheck("heads", .blocking { heads() }), DoctorCheck("mirror", .blocking { mirror() }),
        ] + (file.kind == .label ? [DoctorCheck("pool") { pool() }] : []) + [DoctorCheck("outbox") { outbox() }]
    }

    private func ledger() -> DoctorFinding {
        do {
            try outside.lockLedger()
            return DoctorFinding("ledger", .good, "present and free")
        } catch {
            return DoctorFinding("ledger", error.asMintmark)
        }
    }

    private func mirror() -> [DoctorFinding] {
        do {
            guard let lag = try outside.mirrorLag() else { return [] }
            return [
                lag.missing == 0
                    ? DoctorFinding("mirror", .good, lag.description)
                    : DoctorFinding("mirror", .warning, lag.description, cure: "Run `mintmark ledger mirror`.")
            ]
        } catch {
            return [DoctorFinding("mirror", error.asMintmark)]
        }
    }

    private func sqlite() -> DoctorFinding {
        let version = outside.sqliteVersion()
        guard SQLiteRelease.hasResetRace(version) else { return DoctorFinding("sqlite", .good, version) }
        return DoctorFinding(
            "sqlite", .good,
            "\(version); it can damage a file that two connections write at once (WAL reset, mended in 3.51.3, 3.50.7 and 3.44.6). A ledger has one writer: let no other program write it"
        )
    }

    private func pool() -> DoctorFinding {
        do {
            let stock = try outside.stock()
            let (free, text) = (stock.free ?? 0, stock.poolText ?? "no pool")
            if stock.lost > 0 {
                return DoctorFinding(
                    "pool", free == 0 ? .bad : .warning, text,
                    cure: "Run `mintmark dsn settle --look --station FILE`; nothing is reserved by itself until then.")
            }
            if free >= (file.pool?.low ?? Self.fewDSNs) { return DoctorFinding("pool", .good, text) }
            return DoctorFinding(
                "pool", free == 0 ? .bad : .warning, text,
                cure: "Run `mintmark dsn reserve --station FILE --count N`, or import an archive.")
        } catch {
            return DoctorFinding("pool", error.asMintmark)
        }
    }

    private func outbox() -> DoctorFinding {
        do {
            let stock = try outside.stock()
            if let refusal = file.offline.refusal(of: stock.waiting, at: stock.wall) {
                return DoctorFinding("outbox", .bad, refusal.what, cure: refusal.next)
            }
            if stock.refused > 0 {
                return DoctorFinding(
                    "outbox", .warning, stock.outboxText,
                    cure: "Run `mintmark register refused --station FILE`: it says which, where and why.")
            }
            return stock.waiting.age(at: stock.wall) <= Self.longWait
                ? DoctorFinding("outbox", .good, stock.outboxText)
                : DoctorFinding(
                    "outbox", .warning, stock.outboxText,
                    cure:
                        "Run `mintmark register --pending --station FILE` once the cloud can be reached; it says what holds them up."
                )
        } catch {
            return DoctorFinding("outbox", error.asMintmark)
        }
    }

    /// `59 s`, `59 min`, `47 h` or `9 days`.
    static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(max(0, seconds)) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
