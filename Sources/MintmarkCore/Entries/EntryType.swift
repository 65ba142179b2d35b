// SPDX-License-Identifier: Apache-2.0

/// What one ledger entry records. Types are added; an old one never changes its meaning.
package enum EntryType: String, Sendable, CaseIterable {
    case logOpen = "log.open"
    case sessionOpen = "session.open"
    case sessionClose = "session.close"
    case dsnReserveIntent = "dsn.reserve.intent"
    case dsnReserveRefused = "dsn.reserve.refused"
    case dsnReserved = "dsn.reserved"
    case dsnUnknown = "dsn.unknown"
    case dsnImport = "dsn.import"
    case dsnAssigned = "dsn.assigned"
    case dsnWritten = "dsn.written"
    case runOpen = "run.open"
    case runResult = "run.result"
    case stepIntent = "step.intent"
    case stepResult = "step.result"
    case registerIntent = "register.intent"
    case registerResult = "register.result"
    case registerUnknown = "register.unknown"
    case unitSeen = "unit.seen"
    case unitQuarantine = "unit.quarantine"
    case unitRelease = "unit.release"
    case keyRotate = "key.rotate"
    case sandboxMark = "sandbox.mark"

    /// One line for docs/reference/entries.md.
    package var meaning: String {
        switch self {
        case .logOpen: "the log was made; always entry 0"
        case .sessionOpen: "a process began to write"
        case .sessionClose: "a process stopped writing in order; missing after a crash"
        case .dsnReserveIntent: "DSNs are about to be asked of the cloud"
        case .dsnReserveRefused: "the cloud gave no DSNs; nothing was reserved"
        case .dsnReserved: "one DSN came into the pool, with its public key"
        case .dsnUnknown: "the reply to a reserve was lost; so many DSNs may have been reserved without us"
        case .dsnImport: "a reservation archive was taken in; its DSNs follow in the same commit"
        case .dsnAssigned: "a DSN was given to a unit, before the first byte that writes it"
        case .dsnWritten: "the unit showed the DSN after its final reset"
        case .runOpen: "an attempt on the unit in a slot began"
        case .runResult: "the attempt ended; a pass exists from here on"
        case .stepIntent: "a step that writes is about to begin"
        case .stepResult: "a step that writes ended"
        case .registerIntent: "the unit is to be registered; before the request's first byte"
        case .registerResult: "the cloud's state of the registration is known"
        case .registerUnknown: "no trustworthy answer came; it will be looked up before anything is sent again"
        case .unitSeen: "a unit in a slot told who it is"
        case .unitQuarantine: "it cannot be said what the unit holds; it is set aside"
        case .unitRelease: "the unit was read back and may go on"
        case .keyRotate: "heads of the log are signed with this key from here on"
        case .sandboxMark: "the cloud said that it is a sandbox"
        }
    }
}
