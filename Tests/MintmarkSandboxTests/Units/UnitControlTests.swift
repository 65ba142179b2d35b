// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import MintmarkCore
import MintmarkSandbox
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@Suite("The units' control socket", .timeLimit(.minutes(1)))
struct UnitControlTests {
    private static func call(_ method: HTTPMethod, _ path: String, at socket: String) async throws -> (UInt, JSONValue?)
    {
        let url = try #require(URL(httpURLWithSocketPath: socket, uri: path))
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let body = try await answer.body.collect(upTo: 1 << 20)
        return (answer.status.code, try? JSONParser.parse(Array(body.readableBytesView)))
    }

    private static func post(_ path: String, at socket: String) async throws {
        let answer = try await call(.POST, path, at: socket)
        #expect(answer.0 == 200, "\(path)")
    }

    /// Serves one bench of two units while `body` runs.
    private func serving(_ body: (UnitBench, String) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let socket = folder.file("control.sock")
        let bench = UnitBench(
            UnitBench.Configuration(
                folder: folder.file("units"), units: SandboxUnits.blank(count: 2).map(Rehearsal.fast)))
        try bench.start()
        defer { bench.stop() }
        let server = Task { try await UnitControl(bench: bench, path: socket).run() }
        defer { server.cancel() }
        while !FileManager.default.fileExists(atPath: socket) { await Task.yield() }
        try await body(bench, socket)
    }

    private func object(_ value: JSONValue?) throws -> JSONObject {
        guard case .object(let object) = value else { throw POSIXError(.EINVAL) }
        return object
    }

    @Test("it lists the units and tells the true state of one")
    func state() async throws {
        try await serving { bench, socket in
            let list = try object(try await Self.call(.GET, "/units", at: socket).1)
            guard case .array(let units) = list["units"] else { throw POSIXError(.EINVAL) }
            #expect(units.count == 2)
            let second = try object(units[1])
            #expect(second["path"] == .string(bench.path(2)))
            let unit = try object(try await Self.call(.GET, "/units/2", at: socket).1)
            #expect(unit["mac"] == .string("0210f4a7c312") && unit["boots"] == .number(0))
            #expect(unit["factory"] != nil && unit["running"] != nil)
        }
    }

    @Test("it injects faults, cuts power, pulls cables and swaps units")
    func acts() async throws {
        try await serving { bench, socket in
            try await Self.post("/units/1/fault/mac-zero", at: socket)
            #expect(bench.state(of: 1).fired == ["mac-zero"])
            try await Self.post("/units/1/fault/silence@show%20id%232", at: socket)
            try await Self.post("/units/1/power", at: socket)
            #expect(bench.state(of: 1).boots == 1)
            try await Self.post("/units/1/unplug", at: socket)
            #expect(!FileManager.default.fileExists(atPath: bench.path(1)))
            try await Self.post("/units/1/replug", at: socket)
            #expect(FileManager.default.fileExists(atPath: bench.path(1)))
            try await Self.post("/units/1/swap/2", at: socket)
            #expect(bench.state(of: 1).mac == "0210f4a7c312" && bench.state(of: 2).mac == "0210f4a7c311")
            try await Self.post("/units/2/renew", at: socket)
            #expect(bench.state(of: 2).mac == "0210f4a7c312")
        }
    }

    @Test(
        "what is not there is refused",
        arguments: [
            ("/units/3", HTTPMethod.GET, UInt(404)), ("/units/0", .GET, 404), ("/units/1/explode", .POST, 404),
            ("/units/1/fault/nonsense", .POST, 400), ("/units/1/swap/9", .POST, 404), ("/nothing", .GET, 404),
        ])
    func refusals(path: String, method: HTTPMethod, status: UInt) async throws {
        try await serving { _, socket in
            let answer = try await Self.call(method, path, at: socket)
            #expect(answer.0 == status)
        }
    }
}
