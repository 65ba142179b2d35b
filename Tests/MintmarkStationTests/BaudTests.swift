// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import MintmarkSerial
import MintmarkStation
import TestSupport
import Testing

@Suite("Baud rates")
struct BaudTests {
    @Test(
        "a baud rate that a station file takes is one that a port opens with, and the other way round",
        arguments: [300, 1200, 9600, 14400, 115_200, 128_000, 921_600, 1_000_000, 3_000_000, 4_000_000, 5_000_000])
    func same(rate: Int) async throws {
        let text = "slots: [ { name: A, port: /dev/x, baud: \(rate) } ]"
        let node = try YAMLDocument.parse(Array(text.utf8), file: "s", code: .badStationFile)
        let error = #expect(throws: MintmarkError.self) {
            try StationFile.decode(node, folder: "/") { (_) throws(MintmarkError) in
                throw MintmarkError(.badTemplate, "none", next: "none")
            }
        }
        let isTaken = error?.what.contains("expected a standard baud rate") == false
        let pty = try PTY()
        do {
            let port = try TTYPort.open(path: pty.path, baud: rate)
            await port.close()
            #expect(isTaken)
        } catch where error.code == .badInput {
            #expect(!isTaken)
        }
    }
}
