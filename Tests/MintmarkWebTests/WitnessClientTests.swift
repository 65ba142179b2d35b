// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkWeb
import Testing

@Suite("A station's way to a witness", .timeLimit(.minutes(1))) struct WitnessClientTests {
    /// Serves while `body` runs.
    private func serving(
        _ answer: @escaping @Sendable ([UInt8]) async -> WebAnswer,
        _ body: @escaping @Sendable (_ url: String) async throws -> Void
    ) async throws {
        let server = try WitnessServer(
            ListenAddress(parsing: "127.0.0.1:0"), limits: WitnessServer.Limits(bodySize: 1000), answer: answer)
        let (urls, started) = AsyncStream.makeStream(of: String.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { started.yield($0) } }
            try await body(#require(await urls.first { _ in true }))
            group.cancelAll()
        }
    }

    /// What a call ends with: status and body, or the error's text.
    private static func ask(_ url: String, _ body: String, within time: Duration = .seconds(20)) async throws -> String
    {
        let client = try WitnessClient(url: url, caFile: nil, softwareVersion: "test")
        do {
            let reply = try await client.addCheckpoint(body, by: .now + time)
            await client.shutdown()
            return "\(reply.status) \(reply.body)"
        } catch let error as MintmarkError {
            await client.shutdown()
            #expect(error.code == .witnessFailed)
            return error.what
        }
    }

    @Test("the witness gets the body, the station the answer, whatever its status") func whole() async throws {
        try await serving {
            WebAnswer(status: 409, contentType: "text/x.tlog.size", body: String(decoding: $0, as: UTF8.self))
        } _: { url in
            let answer = try await Self.ask(url, "12\n")
            #expect(answer == "409 12\n")
        }
    }

    @Test("an answer that is too long, too late, or a redirect is none") func bounds() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        try await serving { body in
            switch String(decoding: body, as: UTF8.self) {
            case "long": return WebAnswer(status: 200, body: String(repeating: "x", count: 16_385))
            case "moved": return WebAnswer(status: 302, body: "elsewhere\n")
            default:
                for await _ in gate {}
                return WebAnswer(status: 200, body: "late\n")
            }
        } _: { url in
            let answers = [
                try await Self.ask(url, "long"), try await Self.ask(url, "moved"),
                try await Self.ask(url, "late", within: .milliseconds(100)),
                try await Self.ask(url, "none", within: .zero),
            ]
            #expect(
                answers == [
                    "\(url) gave an answer that is too long", "302 elsewhere\n", "\(url) did not answer in time",
                    "\(url) did not answer in time",
                ])
            open.finish()
        }
    }

    @Test("nobody there is a failure of the witness; a stop is a stop") func absent() async throws {
        let gone = Reference()
        try await serving { _ in
            WebAnswer(status: 200, body: "")
        } _: {
            await gone.set($0)
        }
        let url = await gone.url
        #expect(try await Self.ask(url, "x") == "\(url) cannot be reached")

        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await serving { _ in
            arrived.yield()
            for await _ in gate {}
            return WebAnswer(status: 200, body: "")
        } _: { url in
            let call = Task { try await Self.ask(url, "x") }
            _ = await arrivals.first { _ in true }
            call.cancel()
            let result = await call.result
            #expect(throws: CancellationError.self) { try result.get() }
            open.finish()
        }
    }

    private actor Reference {
        var url = ""
        func set(_ url: String) { self.url = url }
    }

    @Test(
        "plain HTTP goes nowhere but to this machine",
        arguments: [
            "http://10.0.0.1:80", "http://witness.example", "http://127.0.0.1.evil.example", "ftp://127.0.0.1",
            "http://localhost:80", "http://127.0.0.1@evil.example/",
        ])
    func plain(url: String) {
        #expect(throws: MintmarkError.self) { _ = try WitnessClient(url: url, caFile: nil, softwareVersion: "test") }
    }
}
