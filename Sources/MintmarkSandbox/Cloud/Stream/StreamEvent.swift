// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Something that happened to a unit, as streams tell it.
///
/// Source: Ayla Datastream Service guide, event types. Activation is none of them; it is told to who subscribes to it.
struct StreamEvent: Sendable {
    /// What a subscription is for.
    enum Subject: String, Sendable, CaseIterable {
        case connectivity, datapoint, datapointack, location, registration, activation

        /// Whether it concerns one property of the unit.
        var hasProperty: Bool { self == .datapoint || self == .datapointack }
    }

    enum Kind: Sendable {
        case connectivity(status: String)
        case datapoint(CloudDatapoint, TemplateProperty)
        case acknowledgement(CloudDatapoint, TemplateProperty)
        /// Nil: nobody any more.
        case registration(owner: String?, RegistrationType)
        case location(latitude: String, longitude: String)
        case activation(id: String)
    }

    static let nobody = "00000000-0000-0000-0000-000000000000"

    let oem: String
    let oemModel: String
    let dsn: String
    /// Seconds since 1970.
    let time: Int64
    /// The user who has the unit.
    let owner: String?
    let kind: Kind

    var subject: Subject {
        switch kind {
        case .connectivity: .connectivity
        case .datapoint: .datapoint
        case .acknowledgement: .datapointack
        case .registration: .registration
        case .location: .location
        case .activation: .activation
        }
    }

    var property: TemplateProperty? {
        switch kind {
        case .datapoint(_, let property), .acknowledgement(_, let property): property
        case .connectivity, .registration, .location, .activation: nil
        }
    }

    /// `LENGTH|JSON`; the length counts characters.
    func frame(number: Int, _ acknowledgement: CloudSwitches.AcknowledgementKey = .datapoint) -> String {
        var metadata: JSONObject = [
            "dsn": .string(dsn), "event_type": .string(subject.rawValue), "oem_id": .string(oem),
            "oem_model": .string(oemModel), "resource_tags": [],
        ]
        if let property {
            metadata["base_type"] = .string(property.baseType.rawValue)
            metadata["display_name"] = .string(property.name)
            metadata["property_name"] = .string(property.name)
        }
        let (name, payload) = payload(acknowledgement)
        let text = CanonicalJSON.text([
            "metadata": .object(metadata), name: .object(payload), "seq": .string(String(number)),
        ])
        return "\(text.count)|\(text)"
    }

    private func payload(_ key: CloudSwitches.AcknowledgementKey) -> (name: String, JSONObject) {
        let at = JSONValue(time: time)
        switch kind {
        case .connectivity(let status):
            return (
                "connection", ["event_time": at, "status": .string(status), "user_uuid": .string(owner ?? Self.nobody)]
            )
        case .datapoint(let datapoint, _): return ("datapoint", datapoint.event)
        case .acknowledgement(let datapoint, _): return (key.rawValue, datapoint.acknowledgementEvent)
        case .registration(let owner, let type):
            return (
                "registration_event",
                [
                    "dsn": .string(dsn), "registered": .bool(owner != nil),
                    "registered_at": owner == nil ? .null : at, "registration_type": .string(type.rawValue),
                    "unregistered_at": owner == nil ? at : .null, "user_uuid": JSONValue(owner),
                ]
            )
        case .location(let latitude, let longitude):
            return (
                "location_event",
                [
                    "created_at": at, "dsn": .string(dsn), "ip": .string(CloudTwin.address), "lat": .string(latitude),
                    "long": .string(longitude), "provider": "user-based", "user_uuid": .string(owner ?? Self.nobody),
                ]
            )
        case .activation(let id):
            return (
                "activation", ["device_type": "Wifi", "event_time": at, "id": .string(id), "status": "Activated"]
            )
        }
    }
}
