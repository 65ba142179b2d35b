// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import MintmarkStation
import Synchronization
import TestSupport
import Testing

@Suite("A ledger that a witness contradicts", .timeLimit(.minutes(1))) struct ContradictionTests {
    @Test("no run begins once it is known, and one that has just begun writes nothing", arguments: [true, false])
    func stops(isKnown: Bool) async throws {
        let fork = MintmarkError(.ledgerForked, "the witness knows another log", next: "Stop.")
        let folder = try TemporaryFolder()
        let contradiction = Contradiction()
        let bench = UnitBench(
            UnitBench.Configuration(
                folder: folder.file("units"), units: SandboxUnits.blank(count: 2).map(Rehearsal.fast)))
        try bench.start()
        defer { bench.stop() }
        // It comes after a port was opened: the run on it begins.
        let station = try FleetStation(
            "line", in: folder.path, units: [bench.path(1), bench.path(2)], cloud: FleetCloud(seed: 1),
            contradiction: contradiction, opened: { contradiction.note(fork) })
        for _ in 0..<8 { try await station.session { try await FleetAct.reserve(2).perform(on: $0) } }
        if isKnown { contradiction.note(fork) }
        let report = Mutex(ProvisionReport())
        try await station.session { station in
            let done = try await station.provision(ProvisionOrder(count: 4, actor: "op"), nextUnit: { _ in true })
            report.withLock { $0 = done }
        }
        let (runs, faults) = report.withLock { ($0.runs, $0.faults) }
        #expect(isKnown ? runs.isEmpty : !runs.isEmpty)
        #expect(runs.allSatisfy { $0.outcome == .error && $0.error?.code == .ledgerForked })
        // Each slot tells why it has no more to do.
        #expect(faults.count == 2 && faults.allSatisfy { $0.code == .ledgerForked && $0.slot != nil })
        for unit in 1...2 { #expect((bench.state(of: unit).saved.id["dev_id"] ?? "").isEmpty) }
        let account = try LedgerReader(at: await station.ledger).account()
        #expect((account.counts[.free] ?? 0) > 0 && account.counts[.free] == account.reserved - account.unknown)
        #expect(try LedgerReader(at: await station.ledger).runs().count == runs.count)
    }
}
