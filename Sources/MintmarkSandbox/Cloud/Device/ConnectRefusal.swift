// SPDX-License-Identifier: Apache-2.0

/// Why the Device Service does not let a unit in, or does not take what it tells.
package enum ConnectRefusal: String, Error, Sendable, CaseIterable {
    case unknownDSN = "the DSN was never reserved"
    case otherModel = "the module's model is not the one its DSN was reserved for"
    case notEnabled = "the DSN is not enabled for ordinary connections"
    case noTest = "the DSN may not make a test connection yet"

    case neverConnected = "the unit never connected"
    case noProperty = "the unit's twin has no such property"
    case notReported = "the property is an input: the unit does not report it"
    case wrongValue = "the value does not fit the property's base type"
    case notAcknowledged = "the property is not one whose values a unit acknowledges"
    case noValue = "the property was not sent a value yet"

    package var next: String {
        switch self {
        case .unknownDSN: "Reserve a DSN, or name one of `GET /sandbox/devices`."
        case .otherModel: "Connect without \"model\", or reserve a DSN of that model."
        case .notEnabled: "Provision the unit, where switch D14 is not never, or connect with \"test\":true."
        case .noTest: "Provision the unit, or start the cloud without switches D16 and D17."
        case .neverConnected: "Send `connect` first."
        case .noProperty: "Name a property of the template of the unit: `GET /sandbox/templates`."
        case .notReported: "Report a property whose direction is output."
        case .wrongValue: "Send a value of the base type that the template gives the property."
        case .notAcknowledged: "Give the property \"ack_enabled\":true and the direction input in its template."
        case .noValue: "Send the property a datapoint first."
        }
    }

    /// HTTP status of the sandbox's route.
    var status: Int {
        switch self {
        case .unknownDSN, .neverConnected, .noProperty, .noValue: 404
        case .wrongValue: 422
        case .otherModel, .notEnabled, .noTest, .notReported, .notAcknowledged: 403
        }
    }
}
