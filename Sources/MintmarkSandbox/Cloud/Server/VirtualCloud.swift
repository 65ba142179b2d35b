// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import HummingbirdTLS
internal import Logging
package import MintmarkCore
internal import MintmarkCrypto
internal import NIOCore
internal import NIOSSL
internal import ServiceLifecycle

/// The vendor's User, Factory Proxy, Device and Datastream Services, imitated on one TLS port of this machine.
///
/// It says in every answer that it is a sandbox and keeps everything in memory.
package final class VirtualCloud: Service {
    /// PEM of the authority that issued the server's certificate; made at each start.
    package let caPEM: String
    package let accounts: CloudAccounts
    let core: CloudCore
    private let configuration: Configuration
    private let issued: (certificatePEM: String, keyPEM: SharedSecret)
    private let bound = BoundPort()

    /// Makes keys and certificate, and writes the files of `configuration.folder`. Nothing listens yet.
    ///
    /// - Throws: `.sandboxMixUp` for a field deployment or an address beyond loopback, `.badInput` for DSNs that do not
    ///   fit, `.stationFault` when a file cannot be written.
    package init(_ configuration: Configuration) throws(MintmarkError) {
        try configuration.check()
        self.configuration = configuration
        accounts = configuration.accounts
        let state = try CloudState(
            accounts: configuration.accounts, templates: configuration.templates, switches: configuration.switches,
            firstNumber: configuration.firstNumber, poolSize: configuration.poolSize, random: configuration.random)
        let parts = CloudCore.Parts(
            state: state, plan: CloudFaultPlan(configuration.faults, seed: configuration.seed),
            random: ModuleRandom(seed: configuration.random &+ 2))
        core = CloudCore(parts, clock: configuration.clock)
        let now = Configuration.systemTime()
        let authority = try CertificateAuthority(now: now)
        caPEM = authority.certificatePEM
        issued = try Self.issue(configuration.certificate, by: authority, now: now)
        if let folder = configuration.folder { try writeFiles(to: folder) }
    }

    /// Serves until it is cancelled or shut down; open connections end with it.
    ///
    /// - Throws: `.stationFault` when it cannot listen.
    package func run() async throws {
        let (host, port) = (configuration.host, configuration.port)
        let (core, heartbeat) = (core, TimeAmount(configuration.heartbeat))
        let fault = MintmarkError(
            .stationFault, "the virtual cloud cannot listen on \(host):\(port)",
            next: "Choose another port, or 0 for any.")
        defer { bound.set(.failure(fault)) }
        let application = Application(
            responder: CloudResponder(core: core),
            server: try .tls(
                .http1(
                    configuration: .init(
                        additionalChannelHandlers: [
                            CloseWithClient(), StreamDoor(core: core, heartbeat: heartbeat),
                        ])),
                tlsConfiguration: try tls()),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [bound] in bound.set(.success($0.localAddress?.port ?? 0)) },
            logger: Logger(label: "mintmark.sandbox.cloud") { _ in SwiftLogNoOpLogHandler() })
        do { try await application.run() } catch is IOError { throw fault }
    }

    /// Base URL of every service, `https://127.0.0.1:PORT`, once the port is bound.
    ///
    /// - Throws: `.stationFault` when it cannot be bound.
    package var url: String {
        get async throws(MintmarkError) {
            let host = configuration.host
            return "https://\(host.contains(":") ? "[\(host)]" : host):\(try await bound.value)"
        }
    }

    package var endpoints: CloudEndpoints {
        get async throws(MintmarkError) {
            let url = try await url
            return CloudEndpoints(user: url, factoryProxy: url, device: url, datastream: url)
        }
    }

    /// What the server shows, whether clients can trust it or not.
    private static func issue(
        _ kind: Configuration.Certificate, by authority: CertificateAuthority, now: Int64
    ) throws(MintmarkError) -> (certificatePEM: String, keyPEM: SharedSecret) {
        let (names, addresses) =
            kind == .otherHost ? (["elsewhere.invalid"], []) : (["localhost"], ["127.0.0.1", "::1"])
        let (start, end) = (now - 86_400, kind == .expired ? now - 60 : now + 29 * 86_400)
        if kind == .selfSigned {
            return try CertificateAuthority.selfSigned(
                serverNames: names, ipAddresses: addresses, notBefore: start, notAfter: end)
        }
        let issuer = kind == .otherAuthority ? try CertificateAuthority(now: now) : authority
        return try issuer.issue(serverNames: names, ipAddresses: addresses, notBefore: start, notAfter: end)
    }

    private func tls() throws -> TLSConfiguration {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(issued.certificatePEM.utf8))
        let key = try issued.keyPEM.withBytes { try NIOSSLPrivateKey(bytes: Array($0), format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        if self.configuration.certificate == .oldTLS {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = .tlsv11
        }
        return configuration
    }
}
