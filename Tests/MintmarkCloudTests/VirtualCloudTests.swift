// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@Suite("FactoryProxy and the virtual cloud", .timeLimit(.minutes(1)))
struct VirtualCloudTests {
    @Test(
        "a unit can be made whichever way the cloud takes where its documents are silent",
        arguments: [
            "D1=200", "D1=201", "D5=empty", "D5=html", "D6=error", "D6=errors", "D11=overwrite", "D23=pkcs1",
            "D23=spki", "D24=colons", "D25=absent",
        ])
    func switches(setting: String) async throws {
        try await with(role: .softwareOEMManufacturer, setting) { proxy, cloud in
            #expect(try await proxy.signIn() == "OEM::SoftwareOEMManufacturer")
            let reserved = try #require(try await proxy.reserve(count: 3, model: "AY008ESP1").first)
            var registration = try Exchanges.provisionRegistration()
            registration.dsn = reserved.dsn
            let device = try #require(await proxy.register(registration, setupKey: nil).device)
            #expect(CloudComparison(of: registration, with: device).isEqual)
            let found = try #require(try await proxy.find(reserved.dsn, mac: registration.mac))
            #expect(CloudComparison(of: registration, with: found).isEqual)
            let again = await proxy.register(registration, setupKey: nil)
            if setting == "D11=overwrite" {
                #expect(again.device != nil)
            } else {
                #expect(again.alreadyThere != nil)
            }
            #expect(cloud.device(reserved.dsn)?.provisions == (setting == "D11=overwrite" ? 2 : 1))
            try await proxy.signOut()
        }
    }

    @Test("the Wi-Fi setup key arrives as it is, whatever its characters")
    func setupKey() async throws {
        try await with(role: .softwareOEMManufacturer) { proxy, cloud in
            let dsn = try #require(try await proxy.reserve(count: 1, model: "AY008ESP1").first).dsn
            var registration = try Exchanges.provisionRegistration()
            registration.dsn = dsn
            let key = #"a"b\c 0123"#
            #expect(await proxy.register(registration, setupKey: secret(key)).device != nil)
            let arrived = cloud.device(dsn)?.wifiSetupKey?.withBytes { String(decoding: $0, as: UTF8.self) }
            #expect(arrived == key)
        }
    }

    @Test("an expired session is renewed in the middle of work")
    func expiry() async throws {
        try await with(role: .softwareOEMManufacturer) { proxy, cloud in
            _ = try await proxy.reserve(count: 1, model: "AY008ESP1")
            cloud.expireTokens()
            #expect(try await proxy.reserve(count: 2, model: "AY008ESP1").count == 2)
        }
    }

    @Test("a registration whose answer was lost is there, and one that was lost on the way is not")
    func lostReply() async throws {
        try await with(role: .softwareOEMManufacturer) { proxy, cloud in
            let reserved = try await proxy.reserve(count: 2, model: "AY008ESP1")
            for (fault, item) in zip([CloudFault.Kind.dropAfterCommit, .dropBeforeCommit], reserved) {
                cloud.clearFaults()
                cloud.inject(CloudFault(fault, at: .provision))
                var registration = try Exchanges.provisionRegistration()
                registration.dsn = item.dsn
                #expect(await proxy.register(registration, setupKey: nil).unknown != nil)
                let found = try await proxy.find(item.dsn, mac: registration.mac)
                let hasLanded = found.map { CloudComparison(of: registration, with: $0).hasLanded } ?? false
                #expect(hasLanded == (fault == .dropAfterCommit))
            }
        }
    }

    @Test("a module maker may manufacture and not provision")
    func roles() async throws {
        try await with(role: .moduleManufacturer) { proxy, _ in
            let dsn = try #require(try await proxy.reserve(count: 1, model: "AY001MTP1").first).dsn
            var registration = try Exchanges.manufactureRegistration()
            registration.dsn = dsn
            let device = try #require(await proxy.register(registration, setupKey: nil).device)
            #expect(CloudComparison(of: registration, with: device).isEqual)
            #expect(await proxy.register(registration, setupKey: nil).alreadyThere?.code == "AFS-606")
            registration.hwsig = nil
            #expect(await proxy.register(registration, setupKey: nil).refusal?.code == "AFS-607")
            registration.call = .provision
            let answer = await proxy.register(registration, setupKey: nil)
            #expect(answer.later?.contains("OEM::ModuleManufacturer, which may not provision") == true, "\(answer)")
        }
    }

    @Test("a call that the user's role rules out is not sent; a 403 that comes all the same is explained")
    func explained() async throws {
        try await with(role: .staff) { proxy, cloud in
            let error = await failure { () async throws(MintmarkError) in
                try await proxy.reserve(count: 1, model: "AY001MTP1")
            }
            #expect(error?.code == .roleMissing && error?.code.exitStatus == .refused)
            #expect(
                error?.next.contains("OEM::ModuleManufacturer or OEM::Admin") == true, "\(String(describing: error))")
            #expect(cloud.journal.entries.allSatisfy { !$0.path.contains("reserve") })
        }
        // The station file says that the user holds a role that it does not hold.
        try await with(role: .staff, claims: .admin) { proxy, _ in
            let error = await failure { () async throws(MintmarkError) in
                try await proxy.reserve(count: 1, model: "AY001MTP1")
            }
            #expect(error?.code == .cloudRefused)
            #expect(
                error?.what.contains("OEM::Admin may reserve only in an account with the Module") == true,
                "\(String(describing: error))")
        }
    }

    private func with(
        role: CloudRole, claims claimed: CloudRole? = nil, _ setting: String? = nil,
        _ work: (FactoryProxy, VirtualCloud) async throws -> Void
    ) async throws {
        let accounts = CloudAccounts(
            tenants: [
                CloudTenant(
                    oemID: "5a1dc0de", oemSecret: secret("x"), kind: .moduleManufacturer, isModuleManufacturer: true)
            ],
            users: [
                MintmarkSandbox.CloudUser(
                    email: "station7@acme.example", password: secret("Qq7solder"), oemID: "5a1dc0de", roles: [role],
                    uuid: "5a9db0c5-0000-4000-8000-000000000009")
            ], apps: [CloudApp(id: "acmefab-5a1dc0de-id", secret: secret("acmefab-5a1dc0de-x1y2z3"))])
        var configuration = VirtualCloud.Configuration(accounts: accounts)
        if let setting { try configuration.switches.set(setting) }
        let cloud = try VirtualCloud(configuration)
        let server = Task { try await cloud.run() }
        let folder = try TemporaryFolder()
        let url = try await cloud.url
        var settings = CloudSettings(
            environment: CloudEnvironment(region: .us, deployment: .dev),
            endpoints: CloudEndpoints(user: url, factoryProxy: url), caFile: try folder.write("ca.pem", cloud.caPEM),
            softwareVersion: "1.2.3")
        settings.module = role == .softwareOEMManufacturer ? .whiteBox : .blackBox
        settings.role = claimed
        let proxy = try FactoryProxy(settings, user: CloudFixture.user())
        do {
            try await work(proxy, cloud)
        } catch {
            Issue.record(error)
        }
        #expect(proxy.sandboxHost.map { "https://\($0)" } == url)
        await proxy.shutdown()
        server.cancel()
    }
}
