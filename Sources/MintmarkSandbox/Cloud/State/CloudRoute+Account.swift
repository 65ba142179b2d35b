// SPDX-License-Identifier: Apache-2.0

extension CloudRoute {
    /// Routes of roles and of the Datastream Service, by the parts of a path after `/api/v1`.
    static func account(_ method: String, _ parts: [String]) -> Match? {
        switch (method, parts.count) {
        case ("PUT", 2) where parts == ["users", "assign_role"]: Match(.assignRole)
        case ("PUT", 2) where parts == ["users", "revoke_role"]: Match(.revokeRole)
        case ("POST", 1) where parts[0] == "subscriptions": Match(.subscribe)
        case ("GET", 1) where parts[0] == "subscriptions": Match(.subscriptions)
        case ("GET", 2) where parts[0] == "subscriptions": Match(.subscription, ["id": parts[1]])
        case ("DELETE", 2) where parts[0] == "subscriptions": Match(.unsubscribe, ["id": parts[1]])
        case ("POST", 1) where parts[0] == "oemAccessRules": Match(.addRule)
        case ("GET", 1) where parts[0] == "oemAccessRules": Match(.rules)
        case ("GET", 2) where parts[0] == "oemAccessRules": Match(.rule, ["id": parts[1]])
        case ("DELETE", 2) where parts[0] == "oemAccessRules": Match(.removeRule, ["id": parts[1]])
        default: nil
        }
    }
}
