// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import MintmarkCloud
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport

@testable import MintmarkStation

/// One unit that is to be registered, from its outbox over TLS to the virtual cloud.
struct ReactionBench {
    /// What went over the wire, what the ledger says of it in the end, and how much time the outbox let pass.
    struct Course: Equatable {
        /// `provision 503`, or `provision -` for a connection that was cut, in their order.
        var exchanges: [String]
        /// Types of the entries after the intent, `register.result` with its badge.
        var entries: [String]
        var waited: Duration
        /// What the ledger says of the result.
        var result: RegisterResult?
    }

    /// Registers one unit while these faults wait in the cloud.
    static func course(_ faults: [String], prepare: (VirtualCloud, FactoryProxy, Registration) async throws -> Void)
        async throws -> Course
    {
        try await ClientOfCloud.with(
            oemID: "5a1dc0de", .deviceManufacturer, .softwareOEMManufacturer, .whiteBox
        ) { cloud, proxy, folder in
            var registration = try Line.registration(1)
            registration.oemID = "5a1dc0de"
            registration.manufModel = "DEVKIT"
            registration.firmware = "lampfw 1.4.0"
            registration.dsn = try await proxy.reserve(count: 1, model: registration.model)[0].dsn
            try await prepare(cloud, proxy, registration)
            let before = cloud.journal.entries.count
            for fault in faults { cloud.inject(try CloudFault(text: fault)) }
            var course = try await register(registration, proxy, in: folder.path)
            course.exchanges = cloud.journal.entries.dropFirst(before).map {
                "\($0.route.rawValue) \($0.status.map(String.init) ?? "-")"
            }
            return course
        }
    }

    private static func register(
        _ registration: Registration, _ proxy: FactoryProxy, in folder: String
    ) async throws -> Course {
        let (path, clock) = ("\(folder)/reaction.sqlite", HurriedClock())
        try SQLiteLedger.create(at: path, station: "reaction", kind: .config, software: "1.0+test", clock: clock)
        let ledger = try await SQLiteLedger.open(
            at: path, station: "reaction", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock)
        let context = EntryContext(actor: "line", unit: registration.dsn.description, slot: "A1", batch: "b7")
        try await ledger.commit { _ in
            Decision([EntryDraft(RegisterIntent(request: "request-1", registration: registration), by: context)])
        }
        let outbox = Outbox(
            Station.Outside(
                ledger: ledger, service: proxy, clock: clock, openPort: { _ in throw CocoaError(.fileNoSuchFile) },
                setupKeys: .none, transcripts: TranscriptFolder(besideLedger: path),
                logger: Logger(label: "reaction") { _ in SwiftLogNoOpLogHandler() }, tell: { _ in }),
            random: SplitMix64(seed: 1))
        await outbox.submit("request-1")
        await outbox.drain()
        await outbox.stop()
        try await ledger.close()
        let entries = try LedgerReader(at: path).entries().drop { $0.type != .registerIntent }.dropFirst()
        let words = try entries.filter { $0.type == .registerUnknown || $0.type == .registerResult }.map { entry in
            entry.type == .registerResult
                ? try "register.result \(entry.payload(RegisterResult.self).badge.rawValue)" : entry.type.rawValue
        }
        return Course(
            exchanges: [], entries: words, waited: clock.passed,
            result: try entries.last { $0.type == .registerResult }?.payload(RegisterResult.self))
    }
}
