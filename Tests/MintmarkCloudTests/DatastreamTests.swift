// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@testable import MintmarkCloud

@Suite("Datastream over WebSocket and TLS", .timeLimit(.minutes(1)))
struct DatastreamTests {
    private static let hello = UnitHello(
        isTest: true, oem: "0dfc7900", oemModel: "lamp-one", templateVersion: "1.0", mac: "0210f4a7c311")

    @Test("a wait ends when the unit connects, without a pause, and leaves no subscription behind")
    func event() async throws {
        try await with { devices, cloud, dsn, clock in
            async let waiting: Void = devices.awaitConnectivity(of: dsn, deadline: .seconds(50))
            await cloud.untilStreamOpens()
            #expect(cloud.subscriptions == 1)
            try cloud.connect(dsn, Self.hello)
            try await waiting
            #expect(devices.streamFault == nil && clock.sleeps.isEmpty)
            #expect(cloud.subscriptions == 0)
            #expect(try await devices.twin(of: dsn)?.connectionStatus == "Online")
            let keys = cloud.journal.entries.filter { "\($0)".contains("stream_key") || $0.path.contains("?") }
            #expect(keys.isEmpty)
        }
    }

    @Test("another unit's event does not end a wait")
    func otherUnit() async throws {
        try await with { devices, cloud, dsn, _ in
            let other = try #require(cloud.devices.last?.dsn)
            #expect(other != dsn)
            async let waiting: Void = devices.awaitConnectivity(of: dsn, deadline: .seconds(50))
            await cloud.untilStreamOpens()
            try cloud.connect(other, Self.hello)
            try cloud.connect(dsn, Self.hello)
            try await waiting
            #expect(cloud.twin(dsn)?.status == "Online")
        }
    }

    @Test("heartbeats are answered: a stream outlives many of them")
    func heartbeats() async throws {
        try await with(heartbeat: .milliseconds(20)) { devices, cloud, dsn, clock in
            // The cloud would have closed it after the fourth, and the wait would have become a pause.
            try await devices.awaitConnectivity(of: dsn, deadline: .milliseconds(400))
            #expect(devices.streamFault == nil && clock.sleeps.isEmpty)
            #expect(cloud.subscriptions == 0)
        }
    }

    @Test("without a rule for the user's role a wait is a pause, and the cloud is asked for a stream only once")
    func noRule() async throws {
        try await with(role: .staff) { devices, cloud, dsn, clock in
            for _ in 0..<3 { try await devices.awaitConnectivity(of: dsn, deadline: .seconds(60)) }
            #expect(clock.sleeps == [.seconds(5), .seconds(5), .seconds(5)])
            #expect(devices.streamFault?.next.contains("access rule") == true)
            #expect(cloud.journal.entries(.subscribe).count == 1)
        }
    }

    @Test(
        "a stream that is refused, cut or never opens makes the wait a pause, and leaves no subscription behind",
        arguments: [
            ("status-403", MintmarkError.Code.cloudRefused), ("status-503", .cloudUnreachable),
            ("status-429", .cloudUnreachable), ("drop-before-commit", .cloudUnreachable),
            ("drop-after-commit", .cloudUnreachable), ("half-open", .cloudUnreachable),
        ])
    func noStream(fault: String, code: MintmarkError.Code) async throws {
        try await with { devices, cloud, dsn, clock in
            cloud.inject(try CloudFault(text: "\(fault)@stream"))
            // Nobody answers a half-open one: that wait lasts as long as it may.
            try await devices.awaitConnectivity(
                of: dsn, deadline: fault == "half-open" ? .milliseconds(300) : .seconds(50))
            #expect(devices.streamFault?.code == code, "\(String(describing: devices.streamFault))")
            #expect(clock.sleeps.count == 1 && cloud.subscriptions == 0 && cloud.faults.isEmpty)
        }
    }

    @Test("a wait that is stopped says so, and still takes its subscription away")
    func stopped() async throws {
        try await with { devices, cloud, dsn, _ in
            let waiting = Task { () async -> MintmarkError? in
                await failure { () async throws(MintmarkError) in
                    try await devices.awaitConnectivity(of: dsn, deadline: .seconds(50))
                }
            }
            await cloud.untilStreamOpens()
            waiting.cancel()
            #expect(await waiting.value?.code == .interrupted)
            #expect(cloud.subscriptions == 0)
        }
    }

    @Test(
        "a frame is split at its first bar, and its length is not relied on",
        arguments: [
            ("1|Z", StreamFrame.heartbeat), ("9|Z", .heartbeat), ("", .other), ("Z", .other), ("5|{}|{}", .other),
            (
                #"9|{"metadata":{"event_type":"connectivity","dsn":"AC000W900000202"},"x":"a|b"}"#,
                .connectivity(dsn: "AC000W900000202")
            ),
            (#"9|{"metadata":{"event_type":"datapoint","dsn":"AC000W900000202"}}"#, .other),
        ])
    func frames(text: String, frame: StreamFrame) { #expect(StreamFrame(text) == frame) }

    @Test(
        "a subscription without number or usable key is none",
        arguments: [
            "", "[]", "{}", #"{"subscription":{"id":1}}"#, #"{"subscription":{"id":"x","stream_key":"abc"}}"#,
            #"{"subscription":{"id":1,"stream_key":"a&b"}}"#, #"{"subscription":{"id":1,"stream_key":""}}"#,
        ])
    func noSubscription(body: String) { #expect(StreamSubscription(Array(body.utf8)) == nil) }

    private func with(
        role: CloudRole = .admin, heartbeat: Duration = .seconds(30),
        _ work: (DeviceServiceClient, VirtualCloud, DSN, NotingClock) async throws -> Void
    ) async throws {
        let accounts = CloudAccounts(
            tenants: [
                CloudTenant(
                    oemID: "0dfc7900", oemSecret: secret("x"), kind: .moduleManufacturer, isModuleManufacturer: false)
            ],
            users: [
                MintmarkSandbox.CloudUser(
                    email: "station7@acme.example", password: secret("Qq7solder"), oemID: "0dfc7900",
                    roles: [role, .softwareOEMManufacturer], uuid: "5a9db0c5-0000-4000-8000-000000000009")
            ], apps: [CloudApp(id: "acmefab-5a1dc0de-id", secret: secret("acmefab-5a1dc0de-x1y2z3"))])
        var configuration = VirtualCloud.Configuration(accounts: accounts)
        configuration.heartbeat = heartbeat
        try await VirtualCloud.running(configuration) { cloud, _ in
            let folder = try TemporaryFolder()
            var settings = CloudSettings(
                environment: CloudEnvironment(region: .us, deployment: .dev), endpoints: try await cloud.endpoints,
                caFile: try folder.write("ca.pem", cloud.caPEM), softwareVersion: "1.2.3")
            settings.module = .whiteBox
            settings.role = .softwareOEMManufacturer
            let proxy = try FactoryProxy(settings, user: CloudFixture.user())
            let dsns = try await proxy.reserve(count: 2, model: "AY008ESP1").map(\.dsn)
            await proxy.shutdown()
            let clock = NotingClock()
            let devices = try DeviceServiceClient(settings, user: CloudFixture.user(), clock: clock)
            do {
                try await work(devices, cloud, dsns[0], clock)
                await devices.shutdown()
            } catch {
                await devices.shutdown()
                throw error
            }
        }
    }
}
