// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// A port whose station's power can go off in the middle of what it sends.
struct PoweredPort: SerialPort {
    let port: any SerialPort
    let power: PowerSwitch

    func send(_ bytes: [UInt8], by deadline: Deadline) async throws {
        do { try power.act() } catch {
            try await port.send(Array(bytes.prefix(bytes.count / 2)), by: deadline)
            throw error
        }
        try await port.send(bytes, by: deadline)
    }

    func receive(by deadline: Deadline) async throws -> [UInt8] {
        guard !power.isOff else { throw MintmarkError(.ledgerFault, "the power is off", next: "Switch it on.") }
        return try await port.receive(by: deadline)
    }

    func close() async { await port.close() }
}
