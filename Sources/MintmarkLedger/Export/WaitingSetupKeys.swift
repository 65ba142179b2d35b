// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The Wi-Fi setup keys that the sealed spool still holds, by the run that made them. None is opened before it is asked
/// for.
struct WaitingSetupKeys {
    private let spool: SealedSpool?
    private let requests: [String: String]

    init(_ spool: SealedSpool?, _ connection: SQLConnection) throws(MintmarkError) {
        self.spool = spool
        var requests: [String: String] = [:]
        let run = try connection.prepare(
            "SELECT entry.run FROM outbox JOIN entry ON entry.seq = outbox.intent_seq WHERE outbox.request = ?")
        for request in try spool?.list() ?? [] {
            let run = try run.first(request) { row throws(MintmarkError) in row.optionalText(0) } ?? nil
            if let run { requests[run] = request }
        }
        self.requests = requests
    }

    /// The key that waits for this run's registration. Nil when there is none, or when it has been wiped since.
    ///
    /// - Throws: `.badSecret` when it cannot be opened, or holds what a log line cannot carry.
    func key(of run: String) throws(MintmarkError) -> SharedSecret? {
        guard let request = requests[run], let key = try spool?.take(for: request) else { return nil }
        guard key.withBytes({ $0.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: ",") } }) else {
            throw MintmarkError(
                .badSecret, "the setup key of run \(run) holds a comma or a control character",
                next: "Export another format; a manufacturing log cannot carry this key.")
        }
        return key
    }
}
