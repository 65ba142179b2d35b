// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What the Device Service keeps of one DSN beside the factory's record. Times are seconds since 1970.
package struct CloudTwin: Sendable {
    /// Of every unit that ever connected; RFC 5737.
    static let address = "192.0.2.40"

    /// Older datapoints of a property are let go.
    static let datapointsKept = 1000

    /// Every twin has this property, also without a template.
    static let hostVersion = TemplateProperty(TwinProperty.hostVersionName, .string, .output, scope: .oem)

    package struct Event: Sendable, Equatable {
        package let time: Int64
        package let status: String
    }

    /// Company and OEM model of the last connection that was authenticated; before one, those it was provisioned for.
    package internal(set) var oem: String?
    package internal(set) var oemModel: String?
    package internal(set) var mac: String?
    package internal(set) var hwsig: String?
    package internal(set) var softwareVersion: String?
    /// The template version that the unit reported last.
    package internal(set) var reportedVersion: String?
    package internal(set) var template: CloudTemplate?
    package internal(set) var status = "Offline"
    package internal(set) var connectedAt: Int64?
    package internal(set) var activatedAt: Int64?
    package internal(set) var authenticationFailedAt: Int64?
    /// The user who registered it.
    package internal(set) var owner: String?
    /// The name that its user gave it; nil: its DSN.
    var productName: String?
    /// By property, the oldest first.
    var datapoints: [String: [CloudDatapoint]] = [:]
    var metadata: [String: CloudDatum] = [:]
    /// What proves that a person has the unit at hand.
    var proof = RegistrationProof()
    /// Latitude and longitude in decimal degrees, as last told.
    var place: (latitude: String, longitude: String)?
    /// Commands that the unit did not fetch yet.
    var commands: [String] = []
    package internal(set) var updatedAt: Int64?
    /// The oldest first.
    package internal(set) var history: [Event] = []

    init() {}

    var properties: [TemplateProperty] {
        let own = template?.properties ?? []
        return own.contains { $0.name == Self.hostVersion.name } ? own : own + [Self.hostVersion]
    }

    var registration: RegistrationType { template?.registration ?? .apMode }

    func value(of property: TemplateProperty) -> JSONValue {
        if let newest = datapoints[property.name]?.last { return newest.value }
        if property.name == Self.hostVersion.name { return JSONValue(reportedVersion) }
        if property.isHostVersion { return JSONValue(softwareVersion) }
        // A boolean is 0 before anything else is known.
        return property.baseType == .boolean ? 0 : .null
    }

    mutating func keep(_ datapoint: CloudDatapoint, of property: TemplateProperty) {
        if datapoints[property.name]?.count == Self.datapointsKept { datapoints[property.name]?.removeFirst() }
        datapoints[property.name, default: []].append(datapoint)
    }

    mutating func note(_ status: String, at time: Int64) {
        self.status = status
        history.append(Event(time: time, status: status))
    }
}
