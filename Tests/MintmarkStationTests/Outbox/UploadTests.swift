// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkStation

@Suite("Results of an upload")
struct UploadTests {
    private func requests() throws -> String {
        try (1...3).map { "\(try Line.dsn($0)) \(Line.request($0))\n" }.joined()
    }

    @Test(
        "units that the result log names are refused in its words, the others are taken; a second time nothing changes")
    func twice() async throws {
        let bench = try await PoolBench("", cloud: PoolCloud())
        try await bench.commit(try (1...4).map(Line.intent))
        let log = "Result of job 7\r\n\"\(try Line.dsn(2))\",AFS-608: 04.03.2025 is not valid\r\n\r\n"
        let result = try UploadResult(log: log, name: "job-7.log", requests: try requests())
        #expect(result.strays == 1 && result.refused.count == 1)
        let first = try await bench.station.take(result, actor: "lead-1")
        #expect(first == (2, 1))
        #expect(try await bench.pending().map(\.request) == [Line.request(4)])
        let entries = try bench.entries().filter { $0.type == .registerResult }
        #expect(try entries.map { try $0.payload(RegisterResult.self).badge } == [.registered, .refused, .registered])
        #expect(try entries[1].payload(RegisterResult.self).text?.contains("AFS-608") == true)
        #expect(entries.allSatisfy { $0.context.actor == "lead-1" && $0.context.ref.count == 1 })
        #expect(try await bench.station.take(result, actor: "lead-1") == (0, 0))
        // Sent again, it is another request, which the old result says nothing about.
        _ = try await bench.station.registerAgain([], reason: "cured", actor: "lead-1")
        #expect(try await bench.station.take(result, actor: "lead-1") == (0, 0))
        #expect(try await bench.pending().count == 2)
        try await bench.close()
    }

    @Test("a result log of another upload, an empty one and a file that holds no requests are refused")
    func wrong() throws {
        for log in ["AC000W999999999,AFS-608\n", "", "nothing\n"] {
            #expect(throws: MintmarkError.self) { try UploadResult(log: log, name: "x", requests: requests()) }
        }
        for text in ["", "not a line of it\n", "AC000W100000001\n"] {
            #expect(throws: MintmarkError.self) { try UploadResult(log: nil, name: "x", requests: text) }
        }
        #expect(try UploadResult(log: nil, name: "none", requests: requests()).refused.isEmpty)
    }
}
