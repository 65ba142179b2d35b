// SPDX-License-Identifier: Apache-2.0

/// Why the Device Service does not let a unit in.
package enum ConnectRefusal: String, Error, Sendable, CaseIterable {
    case unknownDSN = "the DSN was never reserved"
    case otherModel = "the module's model is not the one its DSN was reserved for"
    case notEnabled = "the DSN is not enabled for ordinary connections"
    case noTest = "the DSN may not make a test connection yet"

    /// HTTP status of the sandbox's route.
    var status: Int {
        switch self {
        case .unknownDSN: 404
        case .otherModel, .notEnabled, .noTest: 403
        }
    }
}
