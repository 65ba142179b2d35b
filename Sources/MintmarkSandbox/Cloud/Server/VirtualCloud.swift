// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import HummingbirdTLS
internal import Logging
package import MintmarkCore
internal import MintmarkCrypto
internal import NIOCore
internal import NIOSSL

/// The vendor's User Service and Factory Proxy Service, imitated on one TLS port of this machine.
///
/// It says in every answer that it is a sandbox, keeps everything in memory and ends with the closure it runs for.
package final class VirtualCloud: Sendable {
    package let port: Int
    /// PEM of the authority that issued the server's certificate; made at each start.
    package let certificateAuthorityPEM: String
    package let seed: CloudSeed
    let core: CloudCore
    private let host: String

    /// Base URL of every service.
    package var baseURL: String { "https://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    package var endpoints: CloudEndpoints { CloudEndpoints(user: baseURL, factoryProxy: baseURL) }

    /// Listens, runs `body`, and stops when it returns or throws; open connections are cut.
    ///
    /// - Throws: `.sandboxMixUp` for a field deployment or an address beyond loopback, `.stationFault` when it cannot
    ///   listen or write its files; what `body` throws.
    package static func run<Answer: Sendable>(
        _ configuration: Configuration, _ body: (VirtualCloud) async throws -> Answer
    ) async throws -> Answer {
        try configuration.check()
        let core = try core(configuration)
        let authority = try CertificateAuthority(now: Self.now)
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: CloudResponder(core: core),
            server: try .tls(.http1(), tlsConfiguration: try tls(authority)),
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "mintmark.sandbox.cloud") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { running.finish() }
                try await application.run()
            }
            guard let port = await ports.first(where: { _ in true }) else {
                throw MintmarkError(
                    .stationFault, "the virtual cloud cannot listen on \(configuration.host):\(configuration.port)",
                    next: "Choose another port, or 0 for any.")
            }
            defer { group.cancelAll() }
            let cloud = VirtualCloud(core, configuration, port: port, authority: authority)
            if let folder = configuration.folder { try cloud.writeFiles(to: folder) }
            return try await body(cloud)
        }
    }

    private init(_ core: CloudCore, _ configuration: Configuration, port: Int, authority: CertificateAuthority) {
        self.core = core
        self.port = port
        host = configuration.host
        seed = configuration.seed
        certificateAuthorityPEM = authority.certificatePEM
    }

    private static var now: Int64 { Configuration().clock() }

    private static func core(_ configuration: Configuration) throws(MintmarkError) -> CloudCore {
        let state = try CloudState(
            seed: configuration.seed, switches: configuration.switches, firstNumber: configuration.firstNumber,
            poolSize: configuration.poolSize, random: configuration.random)
        let parts = CloudCore.Parts(
            state: state, plan: CloudFaultPlan(configuration.faults, seed: configuration.random &+ 2),
            random: CloudRandom(seed: configuration.random &+ 3))
        return CloudCore(parts, clock: configuration.clock)
    }

    private static func tls(_ authority: CertificateAuthority) throws -> TLSConfiguration {
        let issued = try authority.issue(
            serverNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"], notBefore: now - 86_400,
            notAfter: now + 29 * 86_400)
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(issued.certificatePEM.utf8))
        let key = try issued.keyPEM.withBytes { try NIOSSLPrivateKey(bytes: Array($0), format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }

    private func writeFiles(to folder: String) throws(MintmarkError) {
        let authority = SharedSecret(text: certificateAuthorityPEM)
        try authority.withBytes { (bytes) throws(MintmarkError) in
            try SandboxFile.write(bytes, to: folder + "/ca.pem", mode: 0o644)
        }
        for user in seed.users {
            let name = user.email.prefix { $0 != "@" }
            try credentials(of: user).withBytes { (bytes) throws(MintmarkError) in
                try SandboxFile.write(bytes, to: folder + "/user-\(name).json", mode: 0o600)
            }
        }
        guard let tenant = seed.tenants.first else { return }
        try tenant.oemSecret.withBytes { (bytes) throws(MintmarkError) in
            try SandboxFile.write(bytes, to: folder + "/oem-secret", mode: 0o600)
        }
    }
}
