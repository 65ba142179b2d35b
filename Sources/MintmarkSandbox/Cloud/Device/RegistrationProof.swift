// SPDX-License-Identifier: Apache-2.0

/// How a person shows that a unit is at hand, to have it registered.
///
/// Source: Ayla registration methods (2018-11), table 1.
package enum RegistrationType: String, Sendable, CaseIterable {
    case sameLAN = "Same-LAN"
    case buttonPush = "Button-Push"
    case apMode = "AP-Mode"
    case display = "Display"
    case dsn = "Dsn"
    case node = "Node"
    case none = "None"

    /// Another user may register the unit while it has one.
    var replacesOwner: Bool {
        switch self {
        case .buttonPush, .apMode, .display: true
        case .sameLAN, .dsn, .node, .none: false
        }
    }
}

/// What a unit and the cloud hold to compare with what a person sends. Times are seconds since 1970.
struct RegistrationProof: Sendable, Equatable {
    /// Six letters or digits that the cloud made up for the unit; good for one registration.
    var token: String?
    /// Eight of them that a phone gave the unit.
    var setupToken: String?
    var buttonPushed: Int64?

    /// A window that is closed, or a unit that never connected, is no case for proof.
    func isOpen(_ type: RegistrationType, connectedAt: Int64?, now: Int64) -> Bool {
        guard let connectedAt else { return false }
        return switch type {
        case .sameLAN, .apMode: now - connectedAt <= 3600
        case .buttonPush: buttonPushed.map { now - $0 <= 120 } ?? false
        case .display, .dsn: true
        case .node, .none: false
        }
    }

    func accepts(_ type: RegistrationType, token: String?, setupToken: String?) -> Bool {
        switch type {
        case .sameLAN, .display: self.token != nil && token == self.token
        case .apMode: self.setupToken != nil && setupToken == self.setupToken
        case .buttonPush, .dsn: true
        case .node, .none: false
        }
    }
}
