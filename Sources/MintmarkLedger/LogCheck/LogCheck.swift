// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A comparison of a manufacturing log with the ledger, line by line.
struct LogCheck {
    let table: LoggedRunTable
    /// The region whose log it is; nil: not known.
    let region: String?
    var index: LoggedRunIndex
    let tell: (LogFinding) -> Void
    private(set) var report = LogCheckReport()

    init(
        table: LoggedRunTable, region: String?, index: LoggedRunIndex, tell: @escaping (LogFinding) -> Void
    ) {
        (self.table, self.region, self.index, self.tell) = (table, region, index, tell)
    }

    mutating func loadRuns() throws(MintmarkError) {
        try table.each { run throws(MintmarkError) in index.add(run) }
    }

    mutating func take(_ item: ManufacturingLogReader.Item) throws(MintmarkError) {
        report.lines += 1
        switch item {
        case .problem(let number, let what):
            report.unreadable += 1
            tell(.unreadable(line: number, what: what))
        case .line(let line):
            for remark in line.remarks { tell(.remark(line: line.number, what: remark)) }
            if line.hasSetupKey { report.setupKeys += 1 }
            if index.statuses.contains(line.record.status) {
                try compare(line)
            } else {
                report.ofOthers[line.record.status, default: 0] += 1
            }
        }
    }

    /// Tells of the runs that must have a line and have none.
    mutating func finish(_ filter: ExportFilter) throws(MintmarkError) {
        let untold = index.untold
        try table.each(filter, where: untold.contains) { run throws(MintmarkError) in
            guard region == nil || run.region == region else { return }
            report.runsWithoutLine += 1
            tell(.noLine(run))
        }
    }

    private mutating func compare(_ line: ImportedLogLine) throws(MintmarkError) {
        let match = index.match(line)
        switch match {
        case .run(let opened), .told(let opened, _):
            guard let run = try table.run(openedBy: opened) else { return noRun(line) }
            if case .told(_, let first) = match {
                report.repeating += 1
                return tell(.repeats(line, run, line: first))
            }
            let differences = differences(line, run)
            if differences.isEmpty {
                report.agreeing += 1
            } else {
                report.differing += 1
                tell(.differs(line, run, differences))
            }
        case .none: noRun(line)
        }
    }

    private mutating func noRun(_ line: ImportedLogLine) {
        report.withoutRun += 1
        tell(.noRun(line))
    }

    private func differences(_ line: ImportedLogLine, _ run: LoggedRun) -> [ImportedLogLine.Difference] {
        var differences = line.differences(from: run.record)
        if let region, region != run.region {
            differences.insert(ImportedLogLine.Difference("region", log: region, ledger: run.region), at: 0)
        }
        return differences
    }
}
