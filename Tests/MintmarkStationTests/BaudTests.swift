// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import MintmarkSerial
import MintmarkStation
import TestSupport
import Testing

@Suite("Baud rates")
struct BaudTests {
    private func takesStationFile(_ rate: Int) -> Bool {
        do {
            let text = "slots: [ { name: A, port: /dev/x, baud: \(rate) } ]"
            let node = try YAMLDocument.parse(Array(text.utf8), file: "s", code: .badStationFile)
            _ = try StationFile.decode(node, folder: "/", loadTemplate: noTemplate)
            return false
        } catch {
            return !error.what.contains("expected a standard baud rate")
        }
    }

    private func noTemplate(_ folder: String) throws(MintmarkError) -> Template {
        throw MintmarkError(.badTemplate, "none", next: "none")
    }

    private func opensPort(_ rate: Int, _ path: String) async -> Bool {
        do {
            try await TTYPort.open(path: path, baud: rate).close()
            return true
        } catch {
            return error.code != .badInput
        }
    }

    @Test(
        "a baud rate that a station file takes is one that a port opens with, and the other way round",
        arguments: [300, 1200, 9600, 14400, 115_200, 128_000, 921_600, 1_000_000, 3_000_000, 4_000_000, 5_000_000])
    func same(rate: Int) async throws {
        let pty = try PTY()
        let opens = await opensPort(rate, pty.path)
        #expect(takesStationFile(rate) == opens)
    }
}
