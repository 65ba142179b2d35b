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
        bytes = Entry.envelope(stamp: stamp, context: context, type: type, body: body)
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
            carton: object.optionalText("carton"),
            order: object.optionalText("order"), lot: object.optionalText("lot"),
            template: object.optionalText("template"), ref: (object["ref"]?.array ?? []).compactMap(\.integer))
    }

    /// The body as the type it was written from.
    package func payload<Payload: EntryPayload>(_: Payload.Type = Payload.self) throws(MintmarkError) -> Payload {
        guard Payload.type == type else { throw Entry.unreadable("read as \(Payload.type.rawValue)") }
        return try Payload(json: body)
    }

    /// Written member by member, in the order of their names, because the ledger does it for every entry.
    private static func envelope(
        stamp: EntryStamp, context: EntryContext, type: EntryType, body: JSONObject
    ) -> [UInt8] {
        var members = CanonicalJSON.Members()
        members.add("actor", context.actor)
        members.add("attempt", context.attempt.map { Int64($0) })
        members.add("batch", context.batch)
        members.add("body", body)
        members.add("boot", stamp.boot)
        members.add("carton", context.carton)
        members.add("clk", stamp.clock.rawValue)
        members.add("log", stamp.log)
        members.add("lot", context.lot)
        members.add("mono", stamp.monotonic)
        members.add("order", context.order)
        members.add("ref", context.ref)
        members.add("role", context.role)
        members.add("run", context.run)
        members.add("seq", stamp.sequence)
        members.add("slot", context.slot)
        members.add("station", stamp.station)
        members.add("sw", stamp.software)
        members.add("t", stamp.time)
        members.add("template", context.template)
        members.add("type", type.rawValue)
        members.add("unit", context.unit)
        members.add("v", Int64(version))
        return members.finish()
    }

    private static func unreadable(_ what: String) -> MintmarkError {
        MintmarkError(
            .ledgerFault, "an entry cannot be read: \(what)",
            next: "Run `mintmark ledger verify` and keep the file as it is.")
    }
}
