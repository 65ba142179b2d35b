// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Asks the cloud what became of all reserves whose reply was lost, and settles what its list proves.
    ///
    /// Returns what was found by module model, and the models that could not be searched yet.
    ///
    /// - Throws: `.refused` when none could be searched yet; `.cloudRefused` and `.roleMissing` when the cloud does not
    ///   offer it; what a call to the cloud fails with.
    package func searchLostReserves(actor: String) async throws -> (findings: [ReserveFinding], early: [String]) {
        try checkUncontradicted()
        let lost = try await outside.ledger.read { try $0.lostReserves() }
        var (findings, early): ([ReserveFinding], [String]) = ([], [])
        for model in Set(lost.map(\.model)).sorted() {
            if let finding = try await Self.searchLost(of: model, actor: actor, outside) {
                findings.append(finding)
            } else {
                early.append(model)
            }
        }
        if findings.isEmpty, let model = early.first { throw Self.tooEarly(lost.filter { $0.model == model }) }
        return (findings, early)
    }

    private static func tooEarly(_ lost: [LostReserve]) -> MintmarkError {
        let (model, isKnown) = (lost[0].model, lost.contains { $0.asked != nil })
        return MintmarkError(
            .refused,
            isKnown
                ? "the cloud may still be working on a reserve of \(model) whose reply was lost"
                : "a reserve of \(model) whose reply was lost was asked for by the machine that this one replaced",
            next: isKnown
                ? "Look again ten minutes after the request, or after the machine's start."
                : "Look in the vendor's dashboard, then settle it with --reason.")
    }

    /// As `searchLostReserves`, for one module model; nil when none of its requests is old enough.
    ///
    /// Only one thing can be proved: that nothing was reserved that this ledger does not have. It takes a list that was
    /// read to its end, on which every DSN that was free all the time stands as reserved and no reserved one is unknown.
    static func searchLost(of model: String, actor: String, _ outside: Outside) async throws -> ReserveFinding? {
        let clock = outside.clock
        let (began, isDue, before) = try await outside.ledger.read { state in
            let began = ClockReading(of: clock, boot: try state.clock().boot)
            return (
                began, try state.lostReserves().contains { $0.model == model && $0.isOver(at: began) },
                Set(try state.namesOfFreeDSNs(model: model))
            )
        }
        guard isDue else { return nil }
        let search = try await list(model, most: before.isEmpty ? ReserveSearch.glance : ReserveSearch.longest, outside)
        if let error = outside.contradiction.error { throw error }
        return try await outside.ledger.commit { state in
            // One that was given to a unit meanwhile may stand there as manufactured.
            let free = before.intersection(try state.namesOfFreeDSNs(model: model))
            let controls = free.intersection(search.reserved).count
            var finding = ReserveFinding(
                model: model, shown: search.shown, controls: controls, hidden: free.count - controls,
                strangers: try search.open.filter { try state.dsn($0) == nil }.sorted(), gap: search.gap)
            guard finding.isProof else { return Decision([], finding) }
            finding.settled = try state.lostReserves().filter { $0.model == model && $0.isOver(at: began) }
            let entries = finding.settled.map {
                EntryDraft(
                    DSNUnknownDisproved(
                        request: $0.request, count: $0.count, waited: Int(($0.age(at: began) ?? 0) / 1_000_000),
                        shown: finding.shown, controls: controls), by: EntryContext(actor: actor))
            }
            return Decision(entries, finding)
        }
    }

    private static func list(_ model: String, most: Int, _ outside: Outside) async throws -> ReserveSearch {
        var search = ReserveSearch(model: model, most: most)
        var number = 1
        while case .read(let next) = search.add(
            try await outside.service.devices(of: model, page: number), number: number)
        {
            number = next
            try Task.checkCancellation()
        }
        return search
    }
}
