// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Finds the run that a line tells of, and remembers which line told of which run.
///
/// Keeps about a hundred bytes a run; the runs themselves stay in the ledger.
struct LoggedRunIndex {
    enum Match: Equatable {
        /// The number of the entry `run.open`.
        case run(Int64)
        case told(Int64, line: Int)
        case none
    }

    private struct Run {
        let opened: Int64
        let time: Int64
        let status: ManufacturingRecord.Status
        let errCode: Int32
        /// The line that tells of it; 0 while there is none.
        var line: Int32 = 0
        /// The run before it with the same DSN, and with the same MAC address; -1 at the end.
        let sameDSN: Int32
        let sameMAC: Int32
    }

    private var runs: [Run] = []
    private var lastOfDSN: [DSN: Int32] = [:]
    private var lastOfMAC: [MAC: Int32] = [:]
    private(set) var statuses: Set<ManufacturingRecord.Status>

    /// `statuses` are those the ledger's station writes; those of its runs come to them.
    init(statuses: [ManufacturingRecord.Status]) { self.statuses = Set(statuses) }

    mutating func add(_ run: LoggedRun) {
        let (record, index) = (run.record, Int32(clamping: runs.count))
        runs.append(
            Run(
                opened: run.opened, time: record.time, status: record.status, errCode: Int32(clamping: record.errCode),
                sameDSN: record.dsn.flatMap { lastOfDSN.updateValue(index, forKey: $0) } ?? -1,
                sameMAC: record.mac.flatMap { lastOfMAC.updateValue(index, forKey: $0) } ?? -1))
        statuses.insert(record.status)
    }

    /// Gives the line the run that it fits best: one of its DSN or MAC address, with its status, that no other line told
    /// of; the nearest in time, then one with the same err_code, then the first.
    ///
    /// A line that fits only runs which were told of repeats the one of its time.
    mutating func match(_ line: ImportedLogLine) -> Match {
        let record = line.record
        let ofDSN = chain(record.dsn.flatMap { lastOfDSN[$0] }, \.sameDSN, record.status)
        let ofMAC = chain(record.mac.flatMap { lastOfMAC[$0] }, \.sameMAC, record.status)
        let candidates = ofDSN + ofMAC.filter { !ofDSN.contains($0) }
        let free = candidates.filter { runs[$0].line == 0 }
        if let best = free.min(by: { misfit($0, record) < misfit($1, record) }) {
            runs[best].line = Int32(clamping: line.number)
            return .run(runs[best].opened)
        }
        guard let told = candidates.first(where: { runs[$0].time == record.time }) else { return .none }
        return .told(runs[told].opened, line: Int(runs[told].line))
    }

    /// The runs that no line told of, by the entries that opened them.
    var untold: Set<Int64> { Set(runs.lazy.filter { $0.line == 0 }.map(\.opened)) }

    private func misfit(_ index: Int, _ record: ManufacturingRecord) -> (UInt64, Int) {
        let run = runs[index]
        return ((run.time &- record.time).magnitude, Int(run.errCode) == record.errCode ? 0 : 1)
    }

    /// The runs of a name with a status, the first first.
    private func chain(
        _ last: Int32?, _ next: KeyPath<Run, Int32>, _ status: ManufacturingRecord.Status
    ) -> [Int] {
        var (indices, index) = ([Int](), last ?? -1)
        while index >= 0 {
            let run = runs[Int(index)]
            if run.status == status { indices.append(Int(index)) }
            index = run[keyPath: next]
        }
        return indices.reversed()
    }
}
