// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import MintmarkCore
import MintmarkCrypto
import MintmarkWeb
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@Suite("A witness's HTTP", .timeLimit(.minutes(1))) struct WitnessServerTests {
    /// Serves while `body` runs; every request is answered with its own length.
    private func serving(
        tls: TLSFiles? = nil, _ change: (inout WitnessServer.Limits) -> Void = { _ in },
        _ body: @escaping @Sendable (_ url: String) async throws -> Void
    ) async throws {
        var limits = WitnessServer.Limits(bodySize: 1000)
        change(&limits)
        let server = try WitnessServer(ListenAddress(parsing: "127.0.0.1:0"), tls: tls, limits: limits) {
            WebAnswer(status: 200, contentType: "text/x", body: "\($0.count)")
        }
        let (urls, started) = AsyncStream.makeStream(of: String.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { started.yield($0) } }
            let url = await urls.first { _ in true }
            try await body(#require(url))
            group.cancelAll()
        }
    }

    private static func post(
        _ url: String, _ body: HTTPClientRequest.Body, client: HTTPClient = .shared
    ) async throws -> (status: UInt, type: String?, text: String) {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.body = body
        let answer = try await client.execute(request, timeout: .seconds(20))
        let text = String(buffer: try await answer.body.collect(upTo: 1 << 16))
        return (answer.status.code, answer.headers.first(name: "Content-Type"), text)
    }

    @Test("the body goes in whole, the answer comes out as it was given") func answers() async throws {
        try await serving { url in
            #expect(url.hasPrefix("http://127.0.0.1:"))
            let answer = try await Self.post("\(url)/add-checkpoint", .bytes(ByteBuffer(repeating: 65, count: 1000)))
            #expect(answer == (200, "text/x", "1000"))
            #expect(try await Self.post("\(url)/other", .bytes(ByteBuffer())).status == 404)
            let get = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: "\(url)/add-checkpoint"), timeout: .seconds(20))
            #expect([404, 405].contains(get.status.code))
        }
    }

    @Test("a body that is too long, or takes too long, is refused") func bounds() async throws {
        try await serving {
            $0.bodyTime = .milliseconds(50)
        } _: { url in
            let long = try await Self.post("\(url)/add-checkpoint", .bytes(ByteBuffer(repeating: 65, count: 1001)))
            #expect(long.status == 413)
            // Never ends, and is held until the answer is there.
            let (stream, source) = AsyncStream.makeStream(of: ByteBuffer.self)
            source.yield(ByteBuffer(string: "old 1"))
            let slow = try await Self.post("\(url)/add-checkpoint", .stream(stream, length: .known(Int64(500))))
            source.finish()
            #expect(slow.status == 408)
        }
    }

    @Test("an address that other machines reach needs a word") func exposed() throws {
        let (address, limits) = (try ListenAddress(parsing: "0.0.0.0:0"), WitnessServer.Limits(bodySize: 1))
        #expect(throws: MintmarkError.self) {
            try WitnessServer(address, limits: limits) { _ in WebAnswer(status: 200, body: "") }
        }
        _ = try WitnessServer(address, isExposed: true, limits: limits) { _ in WebAnswer(status: 200, body: "") }
    }
}
