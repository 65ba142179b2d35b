// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What the cloud's list says of lost reserves of one module model.
///
/// It is never a source of DSNs: it shows no public keys, and what it shows may be another bench's.
package struct ReserveFinding: Sendable, Equatable {
    package let model: String
    /// Devices of the model on the list.
    package let shown: Int
    /// Free DSNs of this ledger that it shows as reserved: the control that reserved ones are listed.
    package let controls: Int
    /// Free DSNs of this ledger that it does not show as reserved.
    package let hidden: Int
    /// DSNs that may be reserved and that this ledger does not have, in order.
    package let strangers: [DSN]
    /// One clause: why more may be reserved than the list shows; nil when it was read to its end.
    package let gap: String?
    /// Requests that are settled by it.
    package var settled: [LostReserve] = []

    /// Whether nothing was reserved that this ledger does not have.
    package var isProof: Bool { gap == nil && controls > 0 && hidden == 0 && strangers.isEmpty }

    /// One sentence without a full stop.
    package var text: String {
        [strangersText ?? "the cloud shows no reserved DSN that this ledger does not have", controlText, gap]
            .compactMap(\.self).joined(separator: "; ")
    }

    private var strangersText: String? {
        guard !strangers.isEmpty else { return nil }
        let first = strangers.prefix(3).map(\.description).joined(separator: ", ")
        let more = strangers.count > 3 ? ", …" : ""
        return
            "the cloud shows \(strangers.count) DSNs that may be the lost ones or another bench's (\(first)\(more))"
    }

    private var controlText: String? {
        switch (controls, hidden) {
        case (0, 0): "no DSN is free here that could show whether it lists reserved ones"
        case (_, 0): strangers.isEmpty ? "and all \(controls) that are free here" : nil
        default:
            "of \(controls + hidden) DSNs that are free here it shows \(controls), so it may hide the lost ones too"
        }
    }
}
