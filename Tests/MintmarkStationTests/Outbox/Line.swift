// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// Units of a line, by number.
enum Line {
    static func dsn(_ number: Int) throws -> DSN { try DSN("AC000W\(100_000_000 + number)") }

    static func registration(_ number: Int) throws -> Registration {
        let digits = String(number, radix: 16)
        let mac = "0210" + String(repeating: "0", count: 8 - digits.count) + digits
        return Registration(
            call: .provision, dsn: try dsn(number), model: "AY008ESP1", mac: try MAC(mac),
            hwsig: try HardwareSignature("e32-\(mac)"), domAt: 1_773_739_800, oemID: "0dfc7900", oemModel: "plug-a1",
            oemHostVersion: "1.0")
    }

    static func request(_ number: Int) -> String { "request-\(number)" }

    static func pending(_ number: Int) throws -> PendingRegistration {
        PendingRegistration(
            request: request(number), registration: try registration(number), isUnknown: false, intent: Int64(number),
            since: 0, context: EntryContext(actor: "line"))
    }

    /// The intent to register it, as a run's end writes it.
    static func intent(_ number: Int) throws -> EntryDraft {
        let registration = try registration(number)
        return EntryDraft(
            RegisterIntent(request: request(number), registration: registration),
            by: EntryContext(
                actor: "line", unit: registration.dsn.description, slot: "S\(number % 8)", batch: "b\(number / 1000)"))
    }
}
