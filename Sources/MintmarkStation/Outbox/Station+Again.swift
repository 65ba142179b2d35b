// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension Station {
    /// Sends registrations that the cloud refused once more, after the cause was cured: one commit for all of them, then
    /// they leave by the outbox. Nothing of them is changed.
    ///
    /// `dsns` empty is all that are refused. Returns the DSNs.
    ///
    /// - Throws: `.refused` for a DSN whose newest registration is not refused; `.badInput` for an empty reason.
    package func registerAgain(_ dsns: [DSN], reason: String, actor: String) async throws -> [DSN] {
        let reason = try Self.reason(reason)
        try checkUncontradicted()
        let wall = outside.clock.wall
        let (keys, named) = (outside.setupKeys, Set(dsns))
        let sent = try await outside.ledger.commit { state in
            let refused = try state.refusedRegistrations()
            if let other = dsns.first(where: { dsn in !refused.contains { $0.registration.dsn == dsn } }) {
                throw MintmarkError(
                    .refused, "the registration of \(other) is not refused, so it is not sent again",
                    next: "Leave it out; `mintmark register refused` lists those that are. Nothing was sent.")
            }
            let chosen = refused.filter { named.isEmpty || named.contains($0.registration.dsn) }
            let again = chosen.map { (old: $0, request: UUIDv7.make(wall: wall)) }
            let entries = again.map { old, request in
                var context = old.context
                (context.actor, context.ref) = (actor, [old.intent])
                return EntryDraft(
                    RegisterIntent(request: request, registration: old.registration, reason: reason), by: context)
            }
            // The keys are under their new requests before the intents are durable; none is moved before all are there.
            let waiting = try again.filter(\.old.registration.hasSetupKey).map { old, request in
                guard let key = try keys.take(old.request) else {
                    throw MintmarkError(
                        .refused, "the Wi-Fi setup key of \(old.registration.dsn) is lost, so it cannot be sent again",
                        next: "Leave it out: name the other DSNs. Nothing was sent.")
                }
                return (key: key, request: request)
            }
            for item in waiting { try keys.put(item.key, item.request) }
            return Decision(entries, again)
        }
        for item in sent {
            if item.old.registration.hasSetupKey { try outside.setupKeys.wipe(item.old.request) }
            await outbox.submit(item.request)
        }
        return sent.map(\.old.registration.dsn)
    }
}
