// SPDX-License-Identifier: Apache-2.0

/// One record of the ledger: stamp, context and body, with the exact bytes that are stored and hashed.
package struct Entry: Sendable {
    /// Version of the envelope.
    package static let version = 1
    /// Longest stored form, in bytes (the limit of a C2SP tlog-tiles entry bundle).
    package static let maximumSize = 65_535

    package let stamp: EntryStamp
    package let context: EntryContext
    package let type: EntryType
    package let body: JSONObject
    /// Canonical JSON (RFC 8785), one line without a line end.
    package let bytes: [UInt8]

    /// - Throws: `.ledgerFault` when the stored form would be longer than `maximumSize`.
    package init(_ draft: EntryDraft, stamp: EntryStamp) throws(MintmarkError) {
        self.stamp = stamp
        context = draft.context
        type = Swift.type(of: draft.body).type
        body = draft.body.json
        bytes = CanonicalJSON.encode(Entry.envelope(stamp: stamp, context: context, type: type, body: body))
        guard bytes.count <= Entry.maximumSize else {
            throw MintmarkError(
                .ledgerFault, "an entry of type \(type.rawValue) is \(bytes.count) bytes long",
                next: "Report this as a bug.")
        }
    }

    /// Reads a stored entry.
    ///
    /// - Throws: `.ledgerFault` when the bytes are not an entry that this version knows.
    package init(bytes: [UInt8]) throws(MintmarkError) {
        let object: JSONObject
        do { object = try JSONParser.object(bytes) } catch { throw Entry.unreadable(error.what) }
        let version = try object.integer("v")
        guard version == Entry.version else { throw Entry.unreadable("envelope version \(version)") }
        guard let body = object["body"]?.object else { throw Entry.unreadable("no body") }
        type = try object.choice("type")
        self.body = body
        self.bytes = bytes
        stamp = EntryStamp(
            log: try object.text("log"), station: try object.text("station"), software: try object.text("sw"),
            sequence: Int64(try object.integer("seq")), time: Int64(try object.integer("t")),
            boot: try object.text("boot"), monotonic: Int64(try object.integer("mono")),
            clock: try object.choice("clk"))
        context = EntryContext(
            actor: try object.text("actor"), role: object.optionalText("role"), run: object.optionalText("run"),
            unit: object.optionalText("unit"), slot: object.optionalText("slot"),
            attempt: object.optionalInteger("attempt"), batch: object.optionalText("batch"),
            order: object.optionalText("order"), lot: object.optionalText("lot"),
            template: object.optionalText("template"), ref: (object["ref"]?.array ?? []).compactMap(\.integer))
    }

    /// The body as the type it was written from.
    package func payload<Payload: EntryPayload>(_: Payload.Type = Payload.self) throws(MintmarkError) -> Payload {
        guard Payload.type == type else { throw Entry.unreadable("read as \(Payload.type.rawValue)") }
        return try Payload(json: body)
    }

    private static func envelope(
        stamp: EntryStamp, context: EntryContext, type: EntryType, body: JSONObject
    ) -> JSONObject {
        // In the order of their names, so that filling the object never moves a member.
        [
            "actor": .string(context.actor),
            "attempt": .number(context.attempt),
            "batch": .text(context.batch),
            "body": .object(body),
            "boot": .string(stamp.boot),
            "clk": .string(stamp.clock.rawValue),
            "log": .string(stamp.log),
            "lot": .text(context.lot),
            "mono": .integer(stamp.monotonic),
            "order": .text(context.order),
            "ref": context.ref.isEmpty ? nil : .array(context.ref.map { .integer($0) }),
            "role": .text(context.role),
            "run": .text(context.run),
            "seq": .integer(stamp.sequence),
            "slot": .text(context.slot),
            "station": .string(stamp.station),
            "sw": .string(stamp.software),
            "t": .integer(stamp.time),
            "template": .text(context.template),
            "type": .string(type.rawValue),
            "unit": .text(context.unit),
            "v": .integer(Int64(version)),
        ]
    }

    private static func unreadable(_ what: String) -> MintmarkError {
        MintmarkError(
            .ledgerFault, "an entry cannot be read: \(what)",
            next: "Run `mintmark ledger verify` and keep the file as it is.")
    }
}
