// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Entries that an auditor wants to see one by one.
///
/// They are read by the names of their fields, not as the types they were written from: a report must also be made of
/// a ledger whose entries were tampered with, or that a newer program wrote.
package struct AuditEvents: Sendable, Equatable {
    /// Sandboxes named in a report at most.
    static let sandboxLimit = 16

    package struct Act: Sendable, Equatable {
        package let entry: Int64
        package let time: Int64
        package let actor: String
        /// What it was done to: the DSN, else the name in the envelope.
        package let subject: String
        /// The unit, where that is another name.
        package let unit: String?
        package let reason: String
    }

    /// Acts that the rules forbid and that a person with the right to do so allowed.
    package private(set) var overrides = AuditList<Act>()
    package private(set) var burns = AuditList<Act>()
    package private(set) var returns = AuditList<Act>()
    package private(set) var clockSteps = AuditList<ClockStep>()
    package private(set) var clockConfirmations = AuditList<ClockConfirmation>()
    package private(set) var datedRuns = AuditList<DatedRun>()
    private(set) var sandboxes: [String] = []

    /// Type of an entry for an act that was allowed against a rule; no command of this version writes it.
    private static let override = "override"
    private static let types =
        [override]
        + [EntryType.dsnBurned, .dsnReturned, .clockStep, .clockConfirmed, .runDated, .sandboxMark].map(\.rawValue)

    /// Goes through the log once. Sandbox marks count whatever the period.
    mutating func read(_ connection: SQLConnection, _ period: Period, limit: Int) throws(MintmarkError) {
        let types = Self.types.map { "'\($0)'" }.joined(separator: ", ")
        let statement = try connection.prepare(
            "SELECT seq, t_us, type, unit, body FROM entry WHERE type IN (\(types)) ORDER BY seq")
        try statement.each { row throws(MintmarkError) in
            let type = row.text(2)
            if type == EntryType.sandboxMark.rawValue { return mark(row) }
            if period.contains(row.integer(1)) { take(type, row, limit) }
        }
    }

    private mutating func mark(_ row: SQLRow) {
        guard sandboxes.count < Self.sandboxLimit else { return }
        let host = Self.body(row)["host"]?.text ?? ""
        if !sandboxes.contains(host) { sandboxes.append(host) }
    }

    private mutating func take(_ type: String, _ row: SQLRow, _ limit: Int) {
        let place = (entry: row.integer(0), time: row.integer(1))
        switch type {
        case EntryType.dsnBurned.rawValue: burns.add(Self.act(row), limit: limit)
        case EntryType.dsnReturned.rawValue: returns.add(Self.act(row), limit: limit)
        case EntryType.clockStep.rawValue: clockSteps.add(ClockStep(place, Self.body(row)), limit: limit)
        case EntryType.clockConfirmed.rawValue:
            let actor = Self.object(row)["actor"]?.text ?? ""
            clockConfirmations.add(ClockConfirmation(place, actor: actor, Self.body(row)), limit: limit)
        case EntryType.runDated.rawValue:
            datedRuns.add(DatedRun(place, unit: row.optionalText(3) ?? "", Self.body(row)), limit: limit)
        default: overrides.add(Self.act(row), limit: limit)
        }
    }

    private static func act(_ row: SQLRow) -> Act {
        let object = object(row)
        let body = object["body"]?.object ?? [:]
        let unit = row.optionalText(3)
        let subject = body["dsn"]?.text ?? unit ?? ""
        return Act(
            entry: row.integer(0), time: row.integer(1), actor: object["actor"]?.text ?? "", subject: subject,
            unit: unit == subject ? nil : unit, reason: body["reason"]?.text ?? "")
    }

    private static func body(_ row: SQLRow) -> JSONObject { object(row)["body"]?.object ?? [:] }

    /// Empty when the bytes are no JSON, which the verification tells.
    private static func object(_ row: SQLRow) -> JSONObject {
        do { return try JSONParser.object(row.array(4)) } catch { return [:] }
    }
}
