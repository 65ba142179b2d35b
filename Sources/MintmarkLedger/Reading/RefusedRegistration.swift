// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A unit that passed and that the cloud does not take: what it takes to find it again on the floor.
package struct RefusedRegistration: Sendable, Equatable {
    /// UUIDv7.
    package let request: String
    package let dsn: DSN
    package let mac: MAC
    package let slot: String?
    package let batch: String?
    package let carton: String?
    /// When the unit passed, and when the cloud's no was known: microseconds since 1970 UTC.
    package let passed: Int64
    package let refused: Int64
    /// `422 AFS-608 …`, the cloud's words.
    package let reason: String

    /// From the intent and the answer; `dated` is when the run ended, in seconds since 1970 UTC, where that was found out
    /// later.
    init(_ intent: Entry, _ answer: Entry, dated: Int64?) throws(MintmarkError) {
        let (sent, result) = (try intent.payload(RegisterIntent.self), try answer.payload(RegisterResult.self))
        (request, dsn, mac) = (sent.request, sent.registration.dsn, sent.registration.mac)
        (slot, batch, carton) = (intent.context.slot, intent.context.batch, intent.context.carton)
        // The intent of one that was sent once more is younger than its unit.
        let date = dated ?? (sent.reason == nil ? nil : sent.registration.domAt)
        passed = date.map { $0.multipliedReportingOverflow(by: 1_000_000).partialValue } ?? intent.stamp.time
        refused = answer.stamp.time
        reason = [result.status.map(String.init), result.code, result.text].compactMap(\.self).joined(separator: " ")
    }

    package var json: JSONObject {
        [
            "batch": .text(batch), "carton": .text(carton), "dsn": .string(dsn.description),
            "mac": .string(mac.description),
            "passed": .integer(passed), "reason": .string(reason), "refused": .integer(refused),
            "request": .string(request), "slot": .text(slot),
        ]
    }
}

extension LedgerReader {
    /// Units that the cloud refused and that were not sent again since, in the order in which they passed.
    package func refusedRegistrations() throws(MintmarkError) -> [RefusedRegistration] {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            return try connection.prepare(
                """
                SELECT intent.body, answer.body, run.dated_s FROM outbox
                JOIN entry AS intent ON intent.seq = outbox.intent_seq
                JOIN entry AS answer ON answer.seq = outbox.last_seq LEFT JOIN run ON run.run = intent.run
                WHERE outbox.state = 'refused' AND NOT EXISTS
                  (SELECT 1 FROM outbox AS later WHERE later.dsn = outbox.dsn AND later.intent_seq > outbox.intent_seq)
                ORDER BY outbox.intent_seq
                """
            ).all { row throws(MintmarkError) in
                try RefusedRegistration(
                    Entry(bytes: row.array(0)), Entry(bytes: row.array(1)), dated: row.optionalInteger(2))
            }
        }
    }
}
