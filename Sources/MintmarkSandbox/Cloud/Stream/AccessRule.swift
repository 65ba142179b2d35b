// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What users of a role may subscribe to. Without one that fits there is no subscription, and once it is gone, no event.
struct AccessRule: Sendable {
    let id: Int64
    let oem: String
    let role: String
    let oemModel: StreamNames
    let propertyName: StreamNames
    let clientType: String
    let type: StreamEvent.Subject
    /// Seconds since 1970; nil: it is there from the start.
    let createdAt: Int64?

    init(
        id: Int64, oem: String, role: String, oemModel: String, propertyName: String, clientType: String,
        type: StreamEvent.Subject, createdAt: Int64? = nil
    ) {
        self.id = id
        self.oem = oem
        self.role = role
        self.oemModel = StreamNames(oemModel)
        self.propertyName = StreamNames(propertyName)
        self.clientType = clientType
        self.type = type
        self.createdAt = createdAt
    }

    func fits(_ user: CloudUser, _ wish: CloudSubscription) -> Bool {
        oem == user.oemID && user.roles.contains { $0.rawValue == role } && type == wish.type
            && clientType == wish.clientType && oemModel.covers(wish.oemModel)
            && (!type.hasProperty || propertyName.covers(wish.propertyName))
    }

    var json: JSONObject {
        [
            "access_grant": true, "client_type": .string(clientType), "created_at": JSONValue(time: createdAt),
            "id": .integer(id), "oem": .string(oem),
            "oem_model": .string(oemModel.text), "property_name": .string(propertyName.text), "role": .string(role),
            "subscription_type": .string(type.rawValue), "updated_at": JSONValue(time: createdAt),
        ]
    }
}
