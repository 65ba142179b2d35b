// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkStation
import Synchronization
import TestSupport
import Testing

@Suite("doctor", .timeLimit(.minutes(1)))
struct DoctorTests {
    private final class Asked: Sendable {
        let hosts = Mutex<[String]>([])
    }

    private let folder: String
    private let keeper: Keeper

    /// Holds the folder as long as the suite's value lives.
    private final class Keeper: Sendable {
        let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
    }

    init() throws {
        keeper = try Keeper()
        folder = keeper.folder.path
    }

    private func file(
        kind: String = "label", environment: (String, String) = ("us", "dev"), endpoints: String = "",
        account: String = ""
    ) throws -> StationFile {
        let isVerify = kind == "verify"
        let text = """
            station: doctor
            kind: \(kind)
            template: t
            account: { oem-id: "0dfc7900"\(account) }
            cloud: { region: \(environment.0), deployment: \(environment.1)\(endpoints) }
            secrets: { user: file:user, \(isVerify ? "test-wifi-key: file:key" : "oem-secret: file:oem-secret") }
            \(isVerify ? "test-wifi: { ssid: bench-net, security: WPA2_Personal }" : "")
            ledger: doctor.sqlite
            slots:
              - { name: A, port: /dev/null }

            """
        let template = """
            family: bc
            module-model: AY001MTP1
            mfg-model: M
            mfg-serial: { prefix: "m-", from: counter }
            odm: O
            oem-model: plug
            oem-host-version: "1.0"
            firmware: ["2.4.7"]

            """
        func yaml(_ text: String) throws(MintmarkError) -> ConfigNode {
            try YAMLDocument.parse(Array(text.utf8), file: "f", code: .badStationFile)
        }
        return try StationFile.decode(yaml(text), folder: folder) { _ throws(MintmarkError) in
            try Template.decode(yaml(template), name: "plug", properties: nil)
        }
    }

    /// A machine on which all is well.
    private var outside: Doctor.Outside {
        Doctor.Outside(
            devicePath: { slot in
                guard case .path(let path) = slot.port else { throw CocoaError(.fileNoSuchFile) }
                return path
            },
            isRunning: { _ in false }, isClockSynced: { true }, isClockConfirmed: { false }, lockLedger: {},
            mirrorLag: { nil },
            sqliteVersion: { "3.53.0" },
            stock: { Self.stock() }, headKey: { "12ab34cd" },
            heads: { Doctor.Heads(signed: 1, age: 1, unsigned: 0, unsignedSeconds: 0) }, headFile: { _ in 1 },
            reach: { _, _, _ in Doctor.Reached(peer: "192.0.2.1", certificateLeft: 90 * 86_400) },
            signIn: { "OEM::ModuleManufacturer" })
    }

    private static func stock(free: Int = 500, waiting: Int = 0, age: Int64 = 0, refused: Int = 0, lost: Int = 0)
        -> StationStock
    {
        let oldest = try? DSN("AC000W000000001")
        return StationStock(
            free: free,
            waiting: WaitingRegistrations(
                count: waiting, oldest: waiting > 0 ? oldest : nil, since: waiting > 0 ? 0 : nil),
            pace: nil, limits: OfflineLimits(), wall: age * 1_000_000, refused: refused, lost: lost)
    }

    private func findings(
        _ file: StationFile, all: Bool = false, within limit: Duration = .seconds(30),
        _ change: (inout Doctor.Outside) -> Void = { _ in }
    ) async -> [String: DoctorFinding] {
        var outside = outside
        change(&outside)
        var found: [String: DoctorFinding] = [:]
        await Doctor(file: file, outside: outside, looksAtAll: all).examine(within: limit) { found[$0.check] = $0 }
        return found
    }

    @Test("looks at everything a station needs, and all of it is well on a good machine")
    func good() async throws {
        for secret in ["user", "oem-secret"] { try keeper.folder.write(secret, "x") }
        let found = await findings(try file())
        for check in [
            "station file", "template", "port A", "ModemManager", "brltty", "clock", "secret user", "disk", "disk sync",
            "sqlite", "ledger", "pool", "outbox", "cloud user", "cloud factory-proxy", "sign-in",
        ] { #expect(found[check]?.verdict == .good, "\(check): \(String(describing: found[check]))") }
        #expect(found["heads"]?.verdict == .warning)
        #expect(found["station file"]?.text.contains("0dfc7900 (the public account)") == true)
        // Nothing is left in the ledger's folder.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["oem-secret", "user"])
        #expect(await findings(try file(kind: "config"))["pool"] == nil)
    }

    @Test("a check that hangs says so at the deadline and holds up no other, on a thread or in a call")
    func hanging() async throws {
        let never = DispatchSemaphore(value: 0)
        let start = ContinuousClock.now
        let found = await findings(try file(), within: .milliseconds(700)) { outside in
            outside.lockLedger = { never.wait() }
            outside.stock = {
                never.wait()
                return Self.stock()
            }
            outside.signIn = {
                try await Task.sleep(for: .seconds(600))
                return ""
            }
        }
        #expect(ContinuousClock.now - start < .seconds(5))
        for check in ["ledger", "pool", "outbox", "sign-in"] {
            #expect(found[check]?.verdict == .bad, "\(check)")
            #expect(found[check]?.text == "the check did not finish within 0.7 s", "\(check)")
        }
        #expect(found["cloud user"]?.verdict == .good)
        for _ in 1...3 { never.signal() }
    }

    @Test("findings come in the same order, however long each takes")
    func order() async throws {
        var names: [String] = []
        var slow = outside
        slow.isRunning = { name in
            if name == "ModemManager" { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + 0.2) }
            return false
        }
        await Doctor(file: try file(), outside: slow).examine(within: .seconds(30)) { names.append($0.check) }
        #expect(names.prefix(5) == ["station file", "template", "port A", "ModemManager", "brltty"])
        #expect(names.suffix(3) == ["cloud user", "cloud factory-proxy", "sign-in"])
    }

    @Test(
        "SQLite's releases with the WAL-reset race are known",
        arguments: [
            ("3.40.1", true), ("3.44.5", true), ("3.44.6", false), ("3.46.1", true), ("3.50.6", true),
            ("3.50.7", false), ("3.51.2", true), ("3.51.3", false), ("3.52.0", false), ("3.6.23", false),
            ("unknown", true),
        ])
    func sqlite(version: String, hasRace: Bool) async throws {
        let found = await findings(try file()) { $0.sqliteVersion = { version } }["sqlite"]
        #expect(found?.text.hasPrefix(version) == true && found?.verdict == .good)
        #expect(found?.text.contains("WAL reset") == hasRace)
    }

    @Test("what runs short or takes hold of adapters is told with its cure")
    func short() async throws {
        let found = await findings(try file()) { outside in
            outside.isRunning = { $0 == "brltty" }
            outside.stock = { Self.stock(free: 3, waiting: 12, age: 9000) }
            outside.isClockSynced = { false }
            outside.reach = { address, _, _ in
                guard address.host.hasPrefix("user") else {
                    throw MintmarkError(.cloudTLS, "TLS: bad", next: "Mend it.")
                }
                return Doctor.Reached(peer: "192.0.2.1", certificateLeft: 3 * 86_400)
            }
        }
        for check in ["brltty", "pool", "outbox", "clock", "cloud user"] {
            #expect(found[check]?.verdict == .warning && found[check]?.cure?.isEmpty == false, "\(check)")
        }
        #expect(found["outbox"]?.text == "12 units wait for the cloud, the oldest for 2 h")
        #expect(found["cloud user"]?.text.contains("3 days") == true)
        #expect(
            found["cloud factory-proxy"] == DoctorFinding("cloud factory-proxy", .bad, "TLS: bad", cure: "Mend it."))
        #expect(await findings(try file()) { $0.stock = { Self.stock(free: 0) } }["pool"]?.verdict == .bad)
        let doubt = await findings(try file()) { $0.stock = { Self.stock(refused: 6, lost: 5) } }
        #expect(doubt["pool"]?.verdict == .warning && doubt["pool"]?.cure?.contains("dsn settle --look") == true)
        #expect(doubt["outbox"]?.verdict == .warning && doubt["outbox"]?.text.contains("6 are refused") == true)
    }

    @Test("the user's role is held against the station's work; the station file's word counts before the cloud's")
    func roles() async throws {
        let wrong = await findings(try file(kind: "config"))["sign-in"]
        #expect(wrong?.verdict == .bad && wrong?.text.contains("which may not provision") == true)
        let claimed = try file(kind: "config", account: ", role: \"OEM::ModuleOEMManufacturer\"")
        #expect(await findings(claimed)["sign-in"]?.verdict == .good)
        let admin = await findings(try file()) { $0.signIn = { "OEM::Admin" } }["sign-in"]
        #expect(admin?.verdict == .good && admin?.text.contains("Module Manufacturer attribute") == true)
    }

    @Test(
        "a verify station is warned of a role that may not see the account's devices",
        arguments: [
            ("OEM::Admin", nil), ("OEM::Staff", nil), ("EndUser", "sees only its own devices and those shared with it"),
            ("OEM::ModuleOEMManufacturer", "may see no devices: no document says which are shown to this role"),
            ("OEM::Acme::Dealer", "is a role of the account's own, of which no document says what it sees"),
        ])
    func twins(role: String, doubt: String?) async throws {
        let file = try file(kind: "verify")
        let found = try #require(await findings(file) { $0.signIn = { role } }["sign-in"])
        #expect(found.verdict == (doubt == nil ? .good : .warning))
        #expect(found.text == "signed in as \(role)" + (doubt.map { ": \(role) \($0)" } ?? ""))
        #expect((found.cure?.contains("OEM::Admin or OEM::Staff") == true) == (doubt != nil))
    }

    @Test(
        "plain doctor tries what the station needs; --all every host of the guide in this environment, and no other",
        arguments: CloudEnvironment.all)
    func all(environment: CloudEnvironment) async throws {
        let file = try file(environment: (environment.region.rawValue, environment.deployment.rawValue))
        for all in [false, true] {
            let asked = Asked()
            let found = await findings(file, all: all) { outside in
                outside.reach = { address, _, _ in
                    asked.hosts.withLock { $0.append(address.host) }
                    return Doctor.Reached(peer: "192.0.2.1", certificateLeft: 90 * 86_400)
                }
            }
            let needed = [CloudService.user, .factoryProxy].compactMap {
                ServiceDirectory.host($0, in: environment)?.name
            }
            let expected = all ? ServiceDirectory.distinct(in: environment).map(\.name) : needed
            #expect(Set(asked.hosts.withLock { $0 }) == Set(expected))
            #expect((found["cloud device port 80"] != nil) == all)
            #expect((found["cloud notification"]?.text.contains("55055 and 55056") == true) == all)
        }
    }

    @Test("a station whose cloud is on this machine leaves the vendor's hosts alone")
    func rehearsal() async throws {
        let url = "https://127.0.0.1:8443"
        let file = try file(endpoints: ", endpoints: { user: \"\(url)\", factory-proxy: \"\(url)\" }")
        let asked = Asked()
        let found = await findings(file, all: true) { outside in
            outside.reach = { address, _, _ in
                asked.hosts.withLock { $0.append(address.host) }
                throw MintmarkError(.cloudUnreachable, "TCP: no", next: "x")
            }
        }
        #expect(asked.hosts.withLock { $0 } == ["127.0.0.1", "127.0.0.1"])
        #expect(found["cloud others"]?.verdict == .good && found["cloud user"]?.verdict == .bad)
    }
}
