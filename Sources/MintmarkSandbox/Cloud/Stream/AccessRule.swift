// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What users of a role may subscribe to. Without one that fits there is no subscription.
struct AccessRule: Sendable {
    let id: Int64
    let oem: String
    let role: String
    let oemModel: String
    let type: String

    func fits(_ caller: CloudCaller, type: String, oemModel: String) -> Bool {
        oem == caller.tenant.oemID && caller.user.roles.contains { $0.rawValue == role } && self.type == type
            && (self.oemModel == "*" || self.oemModel.split(separator: ",").contains { $0 == oemModel })
    }

    var json: JSONObject {
        [
            "access_grant": true, "client_type": "cloud", "id": .integer(id), "oem": .string(oem),
            "oem_model": .string(oemModel), "property_name": "*", "role": .string(role),
            "subscription_type": .string(type),
        ]
    }
}
