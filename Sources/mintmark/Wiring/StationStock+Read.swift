// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension StationStock {
    /// As the ledger of this station has it now, also beside a process that writes it.
    static func of(_ file: StationFile) throws(MintmarkError) -> StationStock {
        let (reader, clock) = (try LedgerReader(at: file.ledger), SystemClock())
        let wall = clock.wall
        let (held, refused, lost) = try reader.look { state in
            let isTrusted = try file.hasCloudsClock || state.trusts(clock)
            return (
                isTrusted ? 0 : try state.unsureRegistrations().count, try state.refusedRegistrations().count,
                try state.lostReserves().reduce(0) { $0 + $1.count }
            )
        }
        return StationStock(
            free: file.kind == .label ? try reader.freeDSNs(model: file.template.moduleModel) : nil,
            waiting: try reader.waitingRegistrations(), pace: try reader.pace(now: wall), limits: file.offline,
            wall: wall, held: held, refused: refused, lost: lost)
    }
}
