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

    private static let email = "station7@acme.example"

    /// Registers one unit while these faults wait in the cloud.
    static func course(_ faults: [String], prepare: (VirtualCloud, FactoryProxy, Registration) async throws -> Void)
        async throws -> Course
    {
        let user = MintmarkSandbox.CloudUser(
            email: email, password: secret("Qq7solder"), oemID: "5a1dc0de", roles: [.softwareOEMManufacturer],
            uuid: "5a9db0c5-0000-4000-8000-000000000009")
        let accounts = CloudAccounts(
            tenants: [
                CloudTenant(
                    oemID: "5a1dc0de", oemSecret: secret("x"), kind: .deviceManufacturer, isModuleManufacturer: false)
            ], users: [user], apps: [CloudApp(id: "acmefab-id", secret: secret("acmefab-x1y2z3"))])
        return try await VirtualCloud.running(VirtualCloud.Configuration(accounts: accounts)) { cloud, url in
            let folder = try TemporaryFolder()
            var settings = CloudSettings(
                environment: CloudEnvironment(region: .us, deployment: .dev),
                endpoints: CloudEndpoints(user: url, factoryProxy: url),
                caFile: try folder.write("ca.pem", cloud.caPEM), softwareVersion: "1.0")
            settings.module = .whiteBox
            settings.limits.signInPause = .zero
            let login =
                #"{"email":"\#(email)","password":"Qq7solder","app_id":"acmefab-id","app_secret":"acmefab-x1y2z3"}"#
            let proxy = try FactoryProxy(settings, user: MintmarkCloud.CloudUser(secret(login)))
            var registration = try Line.registration(1)
            registration.oemID = "5a1dc0de"
            registration.manufModel = "DEVKIT"
            registration.firmware = "lampfw 1.4.0"
            do {
                registration.dsn = try await proxy.reserve(count: 1, model: registration.model)[0].dsn
                try await prepare(cloud, proxy, registration)
                let before = cloud.journal.entries.count
                for fault in faults { cloud.inject(try CloudFault(text: fault)) }
                var course = try await register(registration, proxy, in: folder.path)
                course.exchanges = cloud.journal.entries.dropFirst(before).map {
                    "\($0.route.rawValue) \($0.status.map(String.init) ?? "-")"
                }
                await proxy.shutdown()
                return course
            } catch {
                await proxy.shutdown()
                throw error
            }
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

    private static func secret(_ text: String) -> SharedSecret {
        SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }
}
