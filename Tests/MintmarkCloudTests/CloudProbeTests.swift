// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCloud
import MintmarkCore
import MintmarkCrypto
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@Suite("A host is tried stage by stage", .timeLimit(.minutes(1)))
struct CloudProbeTests {
    private func address(_ cloud: CloudFixture) -> CloudAddress {
        CloudAddress(host: "127.0.0.1", port: cloud.server.port)
    }

    private func look(
        _ probe: CloudProbe, _ address: CloudAddress, to depth: ProbeDepth = .tls, within time: Duration = .seconds(20)
    ) async -> Result<CloudProbe.Reached, MintmarkError> {
        do { return .success(try await probe.reach(address, to: depth, by: .now + time)) } catch {
            return .failure(error)
        }
    }

    private func fault(_ result: Result<CloudProbe.Reached, MintmarkError>) -> MintmarkError? {
        if case .failure(let error) = result { error } else { nil }
    }

    /// A listener that takes connections and never says a word.
    private func silentServer() async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
    }

    @Test("a good host shows its address and the end of its certificate, by address and by name")
    func good() async throws {
        let cloud = try await CloudFixture { _, _ in .answer(200, "") }
        let probe = try cloud.probe()
        let now = Int64(Date().timeIntervalSince1970)
        for host in ["127.0.0.1", "localhost"] {
            let reached = try await probe.reach(
                CloudAddress(host: host, port: cloud.server.port), by: .now + .seconds(20))
            #expect(reached.peer == "127.0.0.1")
            #expect((3500...3600).contains((reached.certificateEnd ?? 0) - now), "\(reached)")
        }
        #expect(cloud.server.requests.isEmpty)
        await cloud.stop()
    }

    @Test(
        "each kind of bad certificate is told apart, and no request is sent",
        arguments: [
            (CloudFixture.Certificate.expired, "is good from"), (.forAnotherHost, "is for another host"),
            (.fromAnotherAuthority, "no authority that this station trusts"),
        ])
    func certificates(certificate: CloudFixture.Certificate, words: String) async throws {
        let cloud = try await CloudFixture(certificate: certificate) { _, _ in .answer(200, "") }
        let error = fault(await look(try cloud.probe(), address(cloud)))
        #expect(error?.code == .cloudTLS)
        #expect(
            error?.what.hasPrefix("TLS: ") == true && error?.what.contains(words) == true,
            "\(String(describing: error))")
        #expect(cloud.server.requests.isEmpty)
        await cloud.stop()
    }

    @Test("a host that only speaks TLS 1.1 is no host to talk to")
    func oldTLS() async throws {
        let cloud = try await CloudFixture(maximumTLS: .tlsv11) { _, _ in .answer(200, "") }
        let error = fault(await look(try cloud.probe(), address(cloud)))
        #expect(
            error?.code == .cloudTLS && error?.what.contains("no handshake") == true, "\(String(describing: error))")
        await cloud.stop()
    }

    @Test("a closed port is refused at once, and said to be")
    func closed() async throws {
        let server = try await silentServer()
        let port = try #require(server.localAddress?.port)
        try await server.close()
        let error = fault(
            await look(try CloudProbe(caFile: nil, proxy: nil), CloudAddress(host: "127.0.0.1", port: port)))
        #expect(error?.code == .cloudUnreachable)
        #expect(error?.what == "TCP: no connection to 127.0.0.1:\(port) at 127.0.0.1: Connection refused")
    }

    @Test("a port that takes the connection and says nothing ends at the deadline, as TLS that does not answer")
    func hanging() async throws {
        let server = try await silentServer()
        let address = CloudAddress(host: "127.0.0.1", port: try #require(server.localAddress?.port))
        let probe = try CloudProbe(caFile: nil, proxy: nil)
        let start = ContinuousClock.now
        let error = fault(await look(probe, address, within: .milliseconds(300)))
        #expect(error?.code == .cloudTLS && error?.what.contains("does not answer in time") == true)
        #expect((Duration.milliseconds(300)..<Duration.seconds(10)).contains(.now - start))
        // For a port without TLS, taking the connection is all that is asked.
        #expect(fault(await look(probe, address, to: .connection)) == nil)
        #expect(fault(await look(probe, CloudAddress(host: "localhost", port: 1), to: .name)) == nil)
        try await server.close()
    }

    @Test("a name that nobody has is a fault of DNS")
    func noName() async throws {
        // An empty label: the resolver itself refuses it, so that no server is asked.
        for depth in [ProbeDepth.name, .tls] {
            let error = fault(
                await look(
                    try CloudProbe(caFile: nil, proxy: nil), CloudAddress(host: "a..localhost", port: 443), to: depth))
            #expect(error?.code == .cloudUnreachable)
            #expect(error?.what.hasPrefix("DNS: no address of a..localhost: ") == true, "\(String(describing: error))")
        }
    }

    @Test("through a proxy the host's own certificate counts; a proxy that refuses is named")
    func proxy() async throws {
        let cloud = try await CloudFixture { _, _ in .answer(200, "") }
        let (tunnel, refuser) = (try await ConnectProxy(), try await ConnectProxy(status: 403))
        let name = CloudAddress(host: "localhost", port: cloud.server.port)
        let reached = await look(try cloud.probe(proxy: tunnel.url), name)
        #expect(fault(reached) == nil, "\(reached)")
        #expect(tunnel.heads.map { $0.contains("CONNECT localhost:\(cloud.server.port) HTTP/1.1") } == [true])
        let error = fault(await look(try cloud.probe(proxy: refuser.url), name))
        #expect(error?.code == .cloudUnreachable && error?.what.contains("403") == true, "\(String(describing: error))")
        await tunnel.stop()
        await refuser.stop()
        await cloud.stop()
    }
}
