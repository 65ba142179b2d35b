// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkStation

extension StationEvent {
    /// Shows a person what needs one; everything else passes.
    func tellNotice() {
        if case .notice(let text) = self { Terminal.error(text) }
    }

    /// Shows a person notices and the badges of registrations; gives a script every event as a line.
    func tellBadge(asJSON isJSON: Bool) {
        if isJSON {
            Terminal.output(CanonicalJSON.text(json))
        } else if case .badge(let dsn, _, let badge, let text) = self {
            Terminal.error("\(dsn)  \(badge.shown)\(text.map { "  \($0)" } ?? "")")
        } else {
            tellNotice()
        }
    }
}
