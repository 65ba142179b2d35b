// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import NIOSSL
import Testing

@Suite("bad TLS", .timeLimit(.minutes(1)))
struct BadTLSTests {
    /// One way in which a connection cannot be trusted, and the words that name it.
    enum Flaw: CaseIterable {
        case expired, wrongHost, wrongAuthority, selfSigned, noAuthority, oldVersion

        var certificate: CloudFixture.Certificate {
            switch self {
            case .expired: .expired
            case .wrongHost: .forAnotherHost
            case .wrongAuthority: .fromAnotherAuthority
            case .selfSigned: .selfSigned
            case .noAuthority, .oldVersion: .good
            }
        }

        var words: String {
            switch self {
            case .expired: "is good from"
            case .wrongHost: "is for another host"
            case .wrongAuthority, .selfSigned, .noAuthority: "no authority that this station trusts"
            case .oldVersion: "no handshake"
            }
        }

        var cure: String {
            switch self {
            case .expired: "Check this machine's clock"
            case .wrongHost, .wrongAuthority, .selfSigned, .noAuthority:
                "Check the station file's endpoints and ca-file"
            case .oldVersion: "Check that it speaks TLS 1.2"
            }
        }
    }

    @Test(
        "no byte of any request leaves a station that cannot trust its cloud, and the error names cause and cure",
        arguments: Flaw.allCases)
    func nothingSent(flaw: Flaw) async throws {
        let cloud = try await CloudFixture(
            certificate: flaw.certificate, hasCAFile: flaw != .noAuthority,
            maximumTLS: flaw == .oldVersion ? .tlsv11 : nil, datastream: true
        ) { _, _ in .answer(200, tokens(1)) }
        let dsn = try DSN("AC000W900000202")
        let errors = [
            await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() },
            await failure { () async throws(MintmarkError) in
                try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
            },
            await failure { () async throws(MintmarkError) in
                try await cloud.proxy.find(dsn, mac: MAC("02a1b2c3d4f6"))
            },
            await failure { () async throws(MintmarkError) in try await cloud.devices.twin(of: dsn) },
        ]
        for error in errors {
            #expect(error?.code == .cloudTLS)
            #expect(error?.what.contains(flaw.words) == true, "\(String(describing: error))")
            #expect(error?.next.contains(flaw.cure) == true, "\(String(describing: error))")
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: secret("k3y"))
        #expect(answer.later?.contains(flaw.words) == true, "\(answer)")
        try await cloud.devices.awaitConnectivity(of: dsn, deadline: .seconds(1))
        #expect(cloud.devices.streamFault?.code == .cloudTLS)
        #expect(cloud.server.connections >= 6)
        #expect(cloud.server.decryptedBytes == 0)
        await cloud.stop()
    }

    @Test("a trusted cloud does get bytes, so that counting none means something")
    func counted() async throws {
        let cloud = try await CloudFixture { _, _ in .answer(200, tokens(1)) }
        _ = try await cloud.proxy.signIn()
        #expect(cloud.server.decryptedBytes > CloudFixture.signInBody.utf8.count)
        await cloud.stop()
    }
}
