// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let finished units connect as a test and compare their digital twins with the template.",
        discussion: """
            Nothing is written to a unit and nothing is registered: the unit connects with the test flag and stays a new \
            one. Each difference is told with what it means and what to do, and is kept in the ledger. Exit status: 0 \
            all passed, 10 unit failed, 12 some failed, 20 station, 30 cloud, 40 ledger fault, 130 interrupted.
            """)

    @OptionGroup var station: StationOption

    @OptionGroup var units: UnitOptions

    @OptionGroup var person: OperatorOption

    @OptionGroup var json: JSONOption

    func run() async throws {
        let file = try StationFiles.station(station.path)
        guard file.kind == .verify else {
            throw MintmarkError(
                .badInput, "station \(file.station) is a \(file.kind.rawValue) station",
                next: "Run `mintmark provision --station FILE`, or name a station file of kind verify.")
        }
        let view = ProgressView(slots: file.slots.map(\.name))
        let isJSON = json.isOn
        let report = try await OpenStation.with(
            station.path, logLevel: station.logLevel.level,
            tell: { event in
                if isJSON { Terminal.output(CanonicalJSON.text(event.json)) } else { view.show(event) }
            }
        ) { opened in
            let order = ProvisionOrder(
                slots: units.slots, count: units.count, batch: units.batch, actor: person.actor)
            let report = try await opened.station.provision(order, nextUnit: isJSON ? nil : Provision.asking(view))
            if !isJSON {
                Provision.summarise(report, badges: [:], view: view)
                for line in report.findingLines { Terminal.error(line) }
            }
            try Task.checkCancellation()
            return report
        }
        if report.exitStatus != .pass { throw ExitCode(report.exitStatus.rawValue) }
    }
}

extension ProvisionReport {
    /// What was found on each unit's twin, difference by difference.
    var findingLines: [String] {
        runs.filter { !$0.findings.isEmpty }.flatMap { run in
            ["\(run.slot) \(run.record.dsn?.description ?? "")"]
                + run.findings.flatMap { finding in
                    ["  \(finding.verdict == .note ? "note  " : "")\(finding.line)"]
                        + (finding.next.map { ["    \($0)"] } ?? [])
                }
        }
    }
}
