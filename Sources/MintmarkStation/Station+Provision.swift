// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkDevices

extension Station {
    /// How long a cloud is asked for an answer before runs are refused for what waits for it.
    private static let grace = Duration.seconds(10)

    /// Runs units in the slots, all slots at once. Returns when the last run's result is in the ledger.
    ///
    /// `nextUnit` is asked before a slot's second and later runs and returns when another unit sits there; false ends
    /// the slot's work. Nil: the station watches for it itself, as the template's `presence` says.
    ///
    /// - Throws: `.badInput` for an unknown slot; `.ledgerFault` and its like. What happens to one slot stays there.
    package func provision(
        _ order: ProvisionOrder, nextUnit: (@Sendable (_ slot: String) async -> Bool)? = nil
    ) async throws -> ProvisionReport {
        let slots = try chosen(order.slots)
        if !order.isDryRun {
            if try await offlineRefusal() != nil {
                // The cloud may be back: what waits goes first.
                await outbox.drain(patience: Self.grace)
                if let error = try await offlineRefusal() { throw error }
            }
            if file.kind == .label {
                // No unit is in work yet, so none waits for it.
                if try await isDry() { await refill.once() }
                try await checkPool()
                await refill.wake()
            }
        }
        let count = order.count ?? slots.count
        let left = UnitCounter(count - min(count, slots.count))
        return try await withThrowingTaskGroup(of: ProvisionReport.self) { group in
            for slot in slots.prefix(count) {
                group.addTask {
                    try await self.work(in: slot, order, nextUnit: nextUnit, left: left)
                }
            }
            var all = ProvisionReport()
            for try await report in group { all.add(report) }
            let order = slots.map(\.name)
            all.runs.sort { (order.firstIndex(of: $0.slot) ?? 0) < (order.firstIndex(of: $1.slot) ?? 0) }
            return all
        }
    }

    /// A dry pool is a stop before any unit is touched, unless a unit may come that has its DSN already.
    private func checkPool() async throws {
        let model = file.template.moduleModel
        try await outside.ledger.read { state in
            let counts = try state.account().counts
            let isDry = try state.freeDSN(model: model) == nil
            let mayComeBack = [DSNRecord.State.assigned, .quarantined, .unknown].contains { counts[$0, default: 0] > 0 }
            if isDry, !mayComeBack {
                throw UnitPolicy.poolEmpty(model)
            }
        }
    }

    private func isDry() async throws -> Bool {
        let model = file.template.moduleModel
        return try await outside.ledger.read { try $0.freeDSN(model: model) == nil }
    }

    /// Runs in one slot until there is no more to do for it.
    private func work(
        in slot: SlotConfiguration, _ order: ProvisionOrder, nextUnit: (@Sendable (String) async -> Bool)?,
        left: UnitCounter
    ) async throws -> ProvisionReport {
        var all = ProvisionReport()
        var last: UnitIdentity?
        repeat {
            do {
                if try await stops(slot.name, order, &all) { return all }
                let port = try await outside.openPort(slot)
                do {
                    if let before = last {
                        outside.tell(.waiting(slot: slot.name))
                        guard try await isAnother(than: before, in: slot.name, port, nextUnit),
                            try await !stops(slot.name, order, &all)
                        else {
                            await port.close()
                            return all
                        }
                    }
                    var runner = UnitRunner(station: self, order: order, slot: slot.name)
                    let report = try await runner.perform(on: port)
                    last = report.record.mac.map { UnitIdentity(mac: $0, hwsig: report.record.hwsig) }
                    all.runs.append(report)
                    if !order.isDryRun { await refill.wake() }
                } catch {
                    await port.close()
                    throw error
                }
                await port.close()
            } catch {
                let error = error.asMintmark.at(slot: slot.name)
                guard error.code.exitStatus != .ledgerFault else { throw error }
                all.faults.append(error)
                outside.tell(.slotFailed(slot: slot.name, error))
                return all
            }
        } while left.takeOne()
        return all
    }

    /// True when somebody outside contradicts the ledger, or too much waits for the cloud: runs that have written end,
    /// no other begins.
    private func stops(
        _ slot: String, _ order: ProvisionOrder, _ report: inout ProvisionReport
    ) async throws -> Bool {
        var refusal = outside.contradiction.error
        if refusal == nil, !order.isDryRun { refusal = try await offlineRefusal() }
        guard let error = refusal?.at(slot: slot) else { return false }
        report.faults.append(error)
        outside.tell(.slotFailed(slot: slot, error))
        return true
    }

    private func isAnother(
        than before: UnitIdentity, in slot: String, _ port: any SerialPort,
        _ nextUnit: (@Sendable (String) async -> Bool)?
    ) async throws -> Bool {
        if let nextUnit { return await nextUnit(slot) }
        let watch = BCPresence(port: port, timing: timing, probes: file.template.presence == .probe)
        try await watch.waitForAnother(than: before)
        return true
    }

    private func chosen(_ names: [String]) throws(MintmarkError) -> [SlotConfiguration] {
        guard !names.isEmpty else { return file.slots }
        return try names.map(slot(named:))
    }

    /// - Throws: `.badInput` with the names there are.
    func slot(named name: String) throws(MintmarkError) -> SlotConfiguration {
        guard let slot = file.slots.first(where: { $0.name == name }) else {
            let known = file.slots.map(\.name).joined(separator: ", ")
            throw MintmarkError(
                .badInput, "station \(file.station) has no slot \(name)", next: "Choose from \(known).")
        }
        return slot
    }
}

/// What came of one call of `provision`.
package struct ProvisionReport: Sendable {
    package var runs: [RunReport] = []
    /// Slots that could not be worked in.
    package var faults: [MintmarkError] = []

    package init() {}

    mutating func add(_ other: ProvisionReport) {
        runs += other.runs
        faults += other.faults
    }

    /// A run that only the cloud stopped is told as the cloud's fault.
    package var exitStatus: ExitStatus {
        let status = ExitStatus.of(runs.map(\.outcome), fault: faults.first)
        let errors = runs.filter { $0.outcome == .error }
        guard status == .station, faults.isEmpty, !errors.isEmpty,
            errors.allSatisfy({ $0.error?.code.exitStatus == .cloud })
        else { return status }
        return .cloud
    }
}
