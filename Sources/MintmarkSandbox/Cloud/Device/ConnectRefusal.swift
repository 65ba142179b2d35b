// SPDX-License-Identifier: Apache-2.0

/// Why the Device Service does not let a unit in, or does not take what it tells.
package enum ConnectRefusal: String, Error, Sendable, CaseIterable {
    case unknownDSN = "the DSN was never reserved"
    case otherModel = "the module's model is not the one its DSN was reserved for"
    case notEnabled = "the DSN is not enabled for ordinary connections"
    case noTest = "the DSN may not make a test connection yet"

    case noProperty = "the unit's twin has no such property of this direction"
    case wrongValue = "the value does not fit the property's base type"

    /// HTTP status of the sandbox's route.
    var status: Int {
        switch self {
        case .unknownDSN, .noProperty: 404
        case .wrongValue: 422
        case .otherModel, .notEnabled, .noTest: 403
        }
    }
}
