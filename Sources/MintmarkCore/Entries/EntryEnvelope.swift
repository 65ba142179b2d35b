// SPDX-License-Identifier: Apache-2.0

/// Who, where and on what: the part of an entry's envelope that its author knows.
package struct EntryContext: Sendable, Equatable {
    /// Operator id, or the name of the part of the station that acts by itself (`outbox`).
    package var actor: String
    package var role: String?
    /// UUIDv7 of the run.
    package var run: String?
    /// DSN once it exists, before that the hardware signature, else the MAC address.
    package var unit: String?
    package var slot: String?
    /// Counts the runs on this unit, from 1.
    package var attempt: Int?
    package var batch: String?
    /// What the unit is packed in, as it was scanned.
    package var carton: String?
    package var order: String?
    package var lot: String?
    /// SHA-256 of the resolved template, lower-case hex.
    package var template: String?
    /// Sequence numbers of earlier entries that this one corrects or answers.
    package var ref: [Int64]

    package init(
        actor: String, role: String? = nil, run: String? = nil, unit: String? = nil, slot: String? = nil,
        attempt: Int? = nil, batch: String? = nil, carton: String? = nil, order: String? = nil, lot: String? = nil,
        template: String? = nil,
        ref: [Int64] = []
    ) {
        self.actor = actor
        self.role = role
        self.run = run
        self.unit = unit
        self.slot = slot
        self.attempt = attempt
        self.batch = batch
        self.carton = carton
        self.order = order
        self.lot = lot
        self.template = template
        self.ref = ref
    }

    /// The same context, about this unit.
    package func about(_ unit: String?) -> EntryContext {
        var context = self
        context.unit = unit
        return context
    }
}

/// An entry as its author hands it to the ledger, which adds number, time and origin.
package struct EntryDraft: Sendable {
    package let context: EntryContext
    package let body: any EntryPayload

    package init(_ body: some EntryPayload, by context: EntryContext) {
        self.body = body
        self.context = context
    }
}
