// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// The entries of one unit's walk, as a station writes them.
struct UnitLife {
    static let model = "AY001MTP1"

    let number: Int
    /// Each attempt has a run and a registration of its own.
    var attempt = 1
    var batch = "b-1"
    /// Seconds since 1970 UTC of the log's line.
    var time: Int64 = 1_773_739_800
    var run: String { UUIDv7.text(number * 1000 + attempt) }
    var request: String { UUIDv7.text(1_000_000_000 + number * 1000 + attempt) }
    var dsn: DSN { get throws { try UnitLife.dsn(number) } }
    var mac: MAC { get throws { try MAC("02" + String(1_000_000_000 + number)) } }
    var hwsig: HardwareSignature { get throws { try HardwareSignature("hw-\(number)") } }

    static func dsn(_ number: Int) throws -> DSN { try DSN("AC000W\(100_000_000 + number)") }

    static func reserved(_ number: Int, block: String = "block") throws -> EntryDraft {
        let body = DSNReserved(dsn: try dsn(number), model: model, publicKey: "AAECAw==", block: block)
        return EntryDraft(body, by: EntryContext(actor: "pool", unit: try dsn(number).description))
    }

    func by(_ unit: String? = nil) -> EntryContext {
        EntryContext(actor: "op", role: "operator", run: run, unit: unit, slot: "A1", attempt: attempt, batch: batch)
    }

    func opened(kind: StationKind = .label, region: String = "us", isDryRun: Bool = false) -> EntryDraft {
        let body = RunOpen(kind: kind, template: "ledevb", deployment: "dev", region: region, isDryRun: isDryRun)
        return EntryDraft(body, by: by())
    }

    func seen(dsn: DSN? = nil) throws -> EntryDraft {
        let body = UnitSeen(mac: try mac, hwsig: try hwsig, dsn: dsn, firmware: "2.4.7")
        return EntryDraft(body, by: by(try hwsig.description))
    }

    func assigned(_ dsn: DSN? = nil, counter: String? = nil, number: Int? = nil) throws -> EntryDraft {
        let dsn = try dsn ?? self.dsn
        let body = DSNAssigned(
            dsn: dsn, hwsig: try hwsig.description, mac: try mac.description, mfgSerial: "wd-000001", counter: counter,
            number: number)
        return EntryDraft(body, by: by(dsn.description))
    }

    func intent(_ writes: PlannedStep.Writes = .identity) throws -> EntryDraft {
        EntryDraft(StepIntent(step: "write", writes: writes), by: by(try dsn.description))
    }

    func done() throws -> EntryDraft {
        EntryDraft(StepResult(step: "write", result: .done), by: by(try dsn.description))
    }

    func written(_ dsn: DSN? = nil) throws -> EntryDraft {
        let dsn = try dsn ?? self.dsn
        return EntryDraft(DSNWritten(dsn: dsn), by: by(dsn.description))
    }

    func ended(_ outcome: Outcome = .pass, dsn: DSN? = nil) throws -> EntryDraft {
        let dsn = try dsn ?? self.dsn
        var record = ManufacturingRecord(
            time: time, status: .label, errCode: outcome == .pass ? 0 : 52)
        record.dsn = dsn
        record.mac = try mac
        record.hwsig = try hwsig
        record.model = UnitLife.model
        let body = RunResult(outcome: outcome, took: 2_000_000, transcript: nil, record: record)
        return EntryDraft(body, by: by(dsn.description))
    }

    func registering(_ dsn: DSN? = nil) throws -> EntryDraft {
        let registration = Registration(
            call: .manufacture, dsn: try dsn ?? self.dsn, model: UnitLife.model, mac: try mac, hwsig: try hwsig,
            domAt: 1_773_739_800)
        return EntryDraft(
            RegisterIntent(request: request, registration: registration), by: by(registration.dsn.description))
    }

    func lost(_ dsn: DSN? = nil) throws -> EntryDraft {
        let body = RegisterUnknown(request: request, dsn: try dsn ?? self.dsn, reason: "the line went dead")
        return EntryDraft(body, by: by())
    }

    func answered(_ badge: RegisterResult.Badge, dsn: DSN? = nil, text: String? = nil) throws -> EntryDraft {
        let body = RegisterResult(request: request, dsn: try dsn ?? self.dsn, badge: badge, status: 200, text: text)
        return EntryDraft(body, by: by())
    }

    func setAside(_ dsn: DSN? = nil) throws -> EntryDraft {
        EntryDraft(UnitQuarantine(dsn: dsn, reason: "the cable was pulled"), by: by(try hwsig.description))
    }

    func released(_ dsn: DSN? = nil) throws -> EntryDraft {
        EntryDraft(UnitRelease(dsn: dsn, reason: "read back"), by: by(try hwsig.description))
    }

    /// A whole walk of a unit that passes and is registered.
    func whole() throws -> [EntryDraft] {
        [
            opened(), try seen(), try assigned(), try intent(), try done(), try written(), try ended(),
            try registering(), try answered(.registered),
        ]
    }
}

extension UUIDv7 {
    /// A fixed UUID for a number.
    static func text(_ number: Int) -> String {
        let digits = String(number)
        return "01960000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
