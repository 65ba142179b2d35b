// SPDX-License-Identifier: Apache-2.0

/// What a station does about the answer to a look at the cloud.
package enum SearchReaction: String, Sendable, CaseIterable {
    case decide
    case lookAgain = "look-again"
    case hold

    package var meaning: String {
        switch self {
        case .decide: "the device that is shown, or that none is, decides"
        case .lookAgain: "the registration stays `queued (checking)`; the look is repeated after a pause"
        case .hold: RegistrationReaction.hold.meaning
        }
    }
}
