// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Takes in what a dashboard's upload came to, in one commit. What has its badge already stays as it is, so the same
    /// result twice changes nothing.
    ///
    /// Returns how many became registered and refused.
    package func take(_ result: UploadResult, actor: String) async throws -> (registered: Int, refused: Int) {
        try checkUncontradicted()
        let settled = try await outside.ledger.commit { state in
            var settled: [(request: String, body: RegisterResult)] = []
            var entries: [EntryDraft] = []
            for (dsn, request) in result.requests.sorted(by: { $0.key.description < $1.key.description }) {
                guard let pending = try state.pendingRegistration(request), pending.registration.dsn == dsn else {
                    continue
                }
                let why = result.refused[dsn]
                let body = RegisterResult(
                    request: request, dsn: dsn, badge: why == nil ? .registered : .refused,
                    text: why ?? "taken in an upload, by result log \(result.name)")
                var context = pending.context
                (context.actor, context.ref) = (actor, [pending.intent])
                entries.append(EntryDraft(body, by: context))
                settled.append((request, body))
            }
            return Decision(entries, settled)
        }
        for item in settled where item.body.badge == .registered { try outside.setupKeys.wipe(item.request) }
        for item in settled {
            let badge: UnitRecord.Badge = item.body.badge == .registered ? .registered : .refused
            outside.tell(.badge(dsn: item.body.dsn, request: item.request, badge, text: item.body.text))
        }
        let registered = settled.count { $0.body.badge == .registered }
        return (registered, settled.count - registered)
    }
}
