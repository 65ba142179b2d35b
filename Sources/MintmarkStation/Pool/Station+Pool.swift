// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

extension Station {
    /// Largest number of DSNs the cloud gives at once.
    package static let reserveLimit = 1000

    /// Reserves DSNs for the template's module model, in batches of at most `reserveLimit`.
    ///
    /// The intent of each batch is durable before its request; a lost reply is an entry of type `dsn.unknown`, and no
    /// further batch is asked for.
    package func reserve(count: Int, actor: String) async throws -> [DSN] {
        var got: [DSN] = []
        while got.count < count {
            got += try await Self.reserveBatch(
                min(count - got.count, Self.reserveLimit), of: file.template.moduleModel, actor: actor, outside)
        }
        return got
    }

    static func reserveBatch(
        _ count: Int, of model: String, actor: String, _ outside: Outside
    ) async throws -> [DSN] {
        let request = UUIDv7.make(wall: outside.clock.wall)
        let context = EntryContext(actor: actor)
        try await outside.ledger.commit { _ in
            Decision([EntryDraft(DSNReserveIntent(request: request, model: model, count: count), by: context)])
        }
        let reserved: [ReservedDSN]
        do {
            reserved = try await outside.service.reserve(count: count, model: model)
            try reserved.forEach(checkKey)
        } catch {
            let error = error.asMintmark
            // DSNs with keys that cannot be used are reserved all the same.
            let isLost = error.code == .cloudAnswerLost || error.code == .badArchive
            try await outside.ledger.commit { _ in
                Decision([
                    isLost
                        ? EntryDraft(
                            DSNUnknown(request: request, model: model, count: count, reason: error.what), by: context)
                        : EntryDraft(DSNReserveRefused(request: request, reason: error.what), by: context)
                ])
            }
            if isLost {
                outside.tell(
                    .notice(
                        "ALARM: up to \(count) DSNs of \(model) may be reserved without our knowing them (request \(request)); look in the vendor's dashboard and import their archive, then `mintmark dsn settle`"
                    ))
            }
            throw error
        }
        try await add(reserved, of: model, block: request, before: [], context: context, outside)
        return reserved.map(\.dsn)
    }

    /// Takes the DSNs of a reservation archive into the pool: all of them, or `take` counted from 1 by DSN.
    ///
    /// - Throws: `.archiveTwice` when this archive was imported before, `.badInput` for a range outside it.
    package func importArchive(
        _ devices: [ReservedDSN], sha256: String, name: String, take: ClosedRange<Int>?, actor: String
    ) async throws -> [DSN] {
        let range = take ?? 1...max(1, devices.count)
        guard !devices.isEmpty, range.lowerBound >= 1, range.upperBound <= devices.count else {
            throw MintmarkError(
                .badInput,
                "\(name) holds \(devices.count) DSNs, \(range.lowerBound)-\(range.upperBound) is not a part of it",
                next: "Give --take FROM-TO within 1-\(devices.count).")
        }
        let taken = Array(devices[(range.lowerBound - 1)...(range.upperBound - 1)])
        try taken.forEach(Self.checkKey)
        let entry = DSNImport(
            sha256: sha256, name: name, model: file.template.moduleModel, count: taken.count,
            first: take?.lowerBound, last: take?.upperBound)
        try await Self.add(
            taken, of: file.template.moduleModel, block: sha256, before: [entry], context: EntryContext(actor: actor),
            outside)
        return taken.map(\.dsn)
    }

    /// A key that a unit could not use must not get as far as a unit.
    private static func checkKey(_ item: ReservedDSN) throws(MintmarkError) {
        do { _ = try RSAPublicKey(der: item.publicKey) } catch {
            throw MintmarkError(
                .badArchive, "DSN \(item.dsn): \(error.what)", next: "Fetch the DSN's record from the cloud again.")
        }
    }

    /// One commit: all of a batch or none.
    private static func add(
        _ reserved: [ReservedDSN], of model: String, block: String, before imports: [DSNImport], context: EntryContext,
        _ outside: Outside
    ) async throws {
        let sandbox = await outside.service.sandboxHost
        try await outside.ledger.commit { state in
            var entries: [EntryDraft] = []
            if let sandbox, imports.isEmpty, try !state.hasSandboxMark() {
                entries.append(EntryDraft(SandboxMark(host: sandbox), by: context))
            }
            for entry in imports {
                guard try !state.hasArchive(sha256: entry.sha256) else {
                    throw MintmarkError(
                        .archiveTwice, "\(entry.name) was imported before (SHA-256 \(entry.sha256.prefix(12))…)",
                        next: "Import another archive; every DSN of this one is in the pool or was used.")
                }
                entries.append(EntryDraft(entry, by: context))
            }
            for item in reserved {
                if let there = try state.dsn(item.dsn) {
                    throw MintmarkError(
                        .badArchive, "DSN \(item.dsn) is in this ledger already (\(there.state.rawValue))",
                        next: "Find out where it came from twice before you go on.")
                }
                let entry = DSNReserved(
                    dsn: item.dsn, model: model, publicKey: Base64.encode(item.publicKey), block: block)
                entries.append(EntryDraft(entry, by: context.about(item.dsn.description)))
            }
            return Decision(entries)
        }
    }
}
