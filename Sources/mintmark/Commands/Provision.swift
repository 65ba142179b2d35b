// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

struct Provision: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take the units in the station's slots through the whole walk.",
        discussion: """
            All slots work at once. A unit's PASS is shown after the ledger holds it; its registration then leaves by \
            itself and shows as a badge. Exit status: 0 all passed, 10 unit failed, 11 indeterminate, 12 some failed, 20 \
            station, 30 a registration refused and 31 one still queued (both with --wait), 40 ledger fault, 130 interrupted.
            """)

    @OptionGroup var station: StationOption

    @OptionGroup var units: UnitOptions

    @Option(help: "What the units are packed in, as scanned; `register refused` shows it.")
    var carton: String?

    @OptionGroup var person: OperatorOption

    @Flag(help: "Save nothing on the units and register nothing.")
    var dryRun = false

    @Flag(help: "Wait until every registration has its answer, or none has come for the time of --patience.")
    var wait = false

    @OptionGroup var patience: PatienceOption

    @OptionGroup var json: JSONOption

    /// How long a call without --wait lets registrations go on after the last unit.
    private static let grace = Duration.seconds(10)

    func validate() throws {
        if let carton, carton.isEmpty || carton.utf8.count > 64 {
            throw ValidationError("--carton is 1 to 64 bytes.")
        }
    }

    func run() async throws {
        let file = try StationFiles.station(station.path)
        guard file.kind != .verify else {
            throw MintmarkError(
                .badInput, "station \(file.station) verifies units", next: "Run `mintmark verify --station FILE`.")
        }
        let view = ProgressView(slots: file.slots.map(\.name))
        let (isJSON, limit) = (json.isOn, patience.duration)
        let report = try await OpenStation.with(
            station.path, logLevel: station.logLevel.level,
            tell: { event in
                if isJSON { Terminal.output(CanonicalJSON.text(event.json)) } else { view.show(event) }
            }
        ) { opened in
            try await opened.station.outbox.resume()
            let order = ProvisionOrder(
                slots: units.slots, count: units.count, batch: units.batch, carton: carton, actor: person.actor,
                isDryRun: dryRun)
            let report = try await opened.station.provision(order, nextUnit: isJSON ? nil : Self.asking(view))
            let outbox = opened.station.outbox
            if wait { await outbox.drain(patience: limit) } else { await outbox.drain(within: Self.grace) }
            let badges = try await opened.badges(of: report)
            if !isJSON {
                Self.summarise(report, badges: badges, view: view)
                Self.tell(try StationStock.of(file))
            }
            // Who stops it is told what became of the units, too.
            try Task.checkCancellation()
            return (report: report, cloud: CloudVerdict(of: badges))
        }
        report.cloud.tell(station: station.path)
        let status = report.report.exitStatus
        if status != .pass { throw ExitCode(status.rawValue) }
        if wait, report.cloud.status != .pass { throw ExitCode(report.cloud.status.rawValue) }
    }

    /// On a terminal a person is asked to change units; elsewhere the station watches for them itself.
    static func asking(_ view: ProgressView) -> (@Sendable (String) async -> Bool)? {
        guard Terminal.isInputATerminal else { return nil }
        return { slot in
            view.say("Slot \(slot): change the unit and press Enter (q and Enter to stop).")
            return await Terminal.readLine().map { $0 != "q" } ?? false
        }
    }

    /// What the station has to go on with: always its pool, its outbox when something waits there.
    private static func tell(_ stock: StationStock) {
        if let pool = stock.poolText { Terminal.error(pool) }
        if stock.waiting.count > 0 { Terminal.error(stock.outboxText) }
    }

    static func summarise(_ report: ProvisionReport, badges: [DSN: UnitRecord.Badge], view: ProgressView) {
        view.finish()
        for line in resultTable(report, badges: badges).lines { Terminal.error(line) }
        for error in report.faults + report.runs.compactMap(\.error) { Terminal.error(error.description) }
    }

    static func resultTable(_ report: ProvisionReport, badges: [DSN: UnitRecord.Badge]) -> TextTable {
        var table = TextTable("SLOT", "DSN", "MAC", "OUTCOME", "CLOUD", "SECONDS")
        for run in report.runs {
            let badge = run.request == nil ? nil : run.record.dsn.flatMap { badges[$0] }
            let tenths = run.took / 100_000
            table.add(
                run.slot, run.record.dsn?.description ?? "-", run.record.mac?.description ?? "-",
                run.outcome.rawValue, (badge ?? .none).shown, "\(tenths / 10).\(tenths % 10)")
        }
        return table
    }
}

extension OpenStation {
    /// The registrations' badges of the units of this report, from the ledger.
    func badges(of report: ProvisionReport) async throws -> [DSN: UnitRecord.Badge] {
        try await badges(of: report.runs.filter { $0.request != nil }.compactMap(\.record.dsn))
    }

    func badges(of dsns: [DSN]) async throws -> [DSN: UnitRecord.Badge] {
        try await ledger.read { state in
            var badges: [DSN: UnitRecord.Badge] = [:]
            for dsn in dsns { badges[dsn] = try state.unit(dsn: dsn)?.badge }
            return badges
        }
    }
}
