// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import MintmarkStation

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Provision eight virtual units on three stations, with a virtual cloud, on this machine.",
        discussion: """
            The units answer on real pseudo terminals, the cloud over real TLS; the stations are the ones you would run.
            One unit is faulty and fails as it should. Everything is kept in one folder to look at afterwards.
            """)

    @Option(help: "Folder to work in; without it a new one in the temporary folder.") var folder: String?
    @Option(help: "How many units.") var count = 8

    func validate() throws {
        guard (2...32).contains(count) else { throw ValidationError("--count is 2 to 32.") }
    }

    func run() async throws {
        let folder = StationFiles.absolute(folder ?? NSTemporaryDirectory() + "mintmark-demo-\(getpid())")
        try Folders.make(folder)
        try Folders.make("\(folder)/secrets")
        var configuration = VirtualCloud.Configuration()
        configuration.folder = "\(folder)/secrets"
        configuration.templates = [DemoBench.cloudTemplate]
        let cloud = try VirtualCloud(configuration)
        var units = SandboxUnits.blank(count: count)
        // Unit 6 will say nothing when its OEM key cannot be stored: silence that means failure.
        let faulty = min(6, count)
        units[faulty - 1].faults = [UnitFault(.oemKeyFails, at: "oem key", occurrence: 0)]
        let bench = UnitBench(
            UnitBench.Configuration(
                folder: "\(folder)/units", units: units, baud: 115_200, connect: { cloud.connect($0) }))
        try bench.start()
        defer { bench.stop() }
        let serving = Task { try await cloud.run() }
        let passed: Bool
        do {
            passed = try await walk(DemoBench(folder: folder, url: try await cloud.url, units: count), faulty: faulty)
        } catch {
            serving.cancel()
            throw error
        }
        serving.cancel()
        _ = await serving.result
        if !passed { throw ExitCode(ExitStatus.unitFailed.rawValue) }
    }

    /// True when everything ended as it should: all pass, but for the faulty unit on the second station.
    private func walk(_ bench: DemoBench, faulty: Int) async throws -> Bool {
        try bench.writeFiles()
        Terminal.error("\(count) virtual units, a virtual cloud at \(bench.url), three stations.\n")
        Terminal.error("Station demo-label gives blank modules their DSN and key, and registers them as manufactured.")
        let label = try await provision(bench.station("label"), reserves: true)
        Terminal.error(
            "\nStation demo-config gives the same modules their OEM identity, and registers them as provisioned.")
        let config = try await provision(bench.station("config"), reserves: false)
        Terminal.error(
            "\nStation demo-verify lets the finished units connect as a test and looks at their digital twins.")
        let verify = try await provision(bench.station("verify"), reserves: false)
        let isRight =
            label.allSatisfy { $0.outcome == .pass }
            && config.allSatisfy {
                ($0.outcome == .pass) == ($0.slot != "U\(faulty)") && ($0.outcome == .pass || $0.outcome == .fail)
            }
            && verify.allSatisfy { ($0.outcome == .pass) == ($0.slot != "U\(faulty)") }
        Terminal.error("")
        for name in DemoBench.kinds { try bench.report(name) }
        Terminal.error(
            isRight
                ? "\nUnit U\(faulty) failed as it should: it took the OEM key without a word and did not store it."
                : "\nThe demonstration did not end as it should.")
        return isRight
    }

    private func provision(_ path: String, reserves: Bool) async throws -> [RunReport] {
        let file = try StationFiles.station(path)
        _ = try await NewStation.make(file)
        let view = ProgressView(slots: file.slots.map(\.name))
        let result = try await OpenStation.with(path, tell: { view.show($0) }) { opened in
            if reserves { _ = try await opened.station.reserve(count: file.slots.count, actor: "demo") }
            let report = try await opened.station.provision(ProvisionOrder(actor: "demo"))
            await opened.station.outbox.drain(within: .seconds(20))
            return (report, try await opened.badges(of: report))
        }
        view.finish()
        for line in Provision.resultTable(result.0, badges: result.1).lines { Terminal.output(line) }
        return result.0.runs
    }
}
