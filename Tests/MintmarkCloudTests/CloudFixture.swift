// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCloud
import MintmarkCore
import MintmarkCrypto
import NIOSSL
import TestSupport

/// A scripted cloud with a certificate that is trusted, and a client that works with it.
final class CloudFixture {
    let server: ScriptedServer
    let proxy: FactoryProxy
    let devices: DeviceServiceClient
    let clock = NotingClock()
    private let folder: TemporaryFolder
    private let settings: CloudSettings

    /// Which certificate the server shows.
    enum Certificate: CaseIterable {
        case good, expired, forAnotherHost, fromAnotherAuthority, selfSigned
    }

    init(
        certificate: Certificate = .good, deployment: CloudEnvironment.Deployment = .dev, httpProxy: String? = nil,
        hasCAFile: Bool = true, maximumTLS: TLSVersion? = nil, datastream: Bool = false,
        limits: CloudSettings.Limits = CloudSettings.Limits(),
        script: @escaping ScriptedServer.Script
    ) async throws {
        folder = try TemporaryFolder()
        let authority = try CertificateAuthority()
        let issuer = certificate == .fromAnotherAuthority ? try CertificateAuthority() : authority
        let now = Int64(Date().timeIntervalSince1970)
        let isElsewhere = certificate == .forAnotherHost
        let (names, addresses) = (
            isElsewhere ? ["example.org"] : ["localhost"], [isElsewhere ? "127.0.0.2" : "127.0.0.1"]
        )
        let (start, end) = (now - 7200, certificate == .expired ? now - 60 : now + 3600)
        let issued =
            certificate == .selfSigned
            ? try CertificateAuthority.selfSigned(
                serverNames: names, ipAddresses: addresses, notBefore: start, notAfter: end)
            : try issuer.issue(serverNames: names, ipAddresses: addresses, notBefore: start, notAfter: end)
        server = try await ScriptedServer(
            certificatePEM: issued.certificatePEM, keyPEM: issued.keyPEM, maximumTLS: maximumTLS,
            script: script)
        settings = CloudSettings(
            environment: CloudEnvironment(region: .us, deployment: deployment),
            endpoints: CloudEndpoints(
                user: server.url, factoryProxy: server.url, device: server.url,
                datastream: datastream ? server.url : nil),
            caFile: hasCAFile ? try folder.write("ca.pem", authority.certificatePEM) : nil, proxy: httpProxy,
            softwareVersion: "1.2.3", limits: limits)
        proxy = try FactoryProxy(settings, user: try Self.user())
        devices = try DeviceServiceClient(settings, user: try Self.user(), clock: clock)
    }

    /// Trusts what the client trusts.
    func probe(proxy: String? = nil) throws -> CloudProbe { try CloudProbe(caFile: settings.caFile, proxy: proxy) }

    func stop() async {
        await proxy.shutdown()
        await devices.shutdown()
        await server.stop()
    }

    static let signInBody =
        #"{"user":{"email":"station7@acme.example","password":"Qq7solder","application":"#
        + #"{"app_id":"acmefab-5a1dc0de-id","app_secret":"acmefab-5a1dc0de-x1y2z3"}}}"#

    static func user() throws -> CloudUser {
        try CloudUser(
            secret(
                #"{"email":"station7@acme.example","password":"Qq7solder","app_id":"acmefab-5a1dc0de-id","#
                    + #""app_secret":"acmefab-5a1dc0de-x1y2z3"}"#))
    }
}

func secret(_ text: String) -> SharedSecret {
    SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
}

func text(of secret: SharedSecret) -> String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }

/// Token object number `number`, and the access token in it.
func tokens(_ number: Int, role: String = "OEM::Admin") -> String {
    #"{"access_token":"\#(accessToken(number))","refresh_token":"refresh-\#(number)","expires_in":86400,"#
        + #""role":"\#(role)","role_tags":[]}"#
}

func accessToken(_ number: Int) -> String { "access-\(number)" }

/// What the work failed with; nil when it did not.
func failure<Value>(_ work: () async throws(MintmarkError) -> Value) async -> MintmarkError? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
