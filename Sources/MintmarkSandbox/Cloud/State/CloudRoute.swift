// SPDX-License-Identifier: Apache-2.0

/// The calls of the User, Factory Proxy, Device and Datastream Services, by the name that faults and journal use.
package enum CloudRoute: String, Sendable, CaseIterable {
    case signIn = "sign-in"
    case refresh
    case signOut = "sign-out"
    case profile
    case reserve, manufacture, provision, search
    case twin, twins, properties, property, history, templates
    case rename
    case searchTwins = "search-devices"
    case datapoints
    case addDatapoint = "add-datapoint"
    case addDatapoints = "add-datapoints"
    case metadata, datum
    case addDatum = "add-datum"
    case changeDatum = "change-datum"
    case removeDatum = "remove-datum"
    case applyTemplate = "apply-template"
    case candidate
    case claim
    case register, unregister, transfer
    case factoryReset = "factory-reset"
    case assignRole = "assign-role"
    case revokeRole = "revoke-role"
    case subscribe, subscriptions, subscription, unsubscribe, rules, rule
    case addRule = "add-rule"
    case removeRule = "remove-rule"
    /// The opening of a stream, which is no REST call.
    case stream
    /// Any other path.
    case other

    /// Whether it is one of the Factory Proxy Service, whose errors have shapes of their own.
    var isFactory: Bool { [.reserve, .manufacture, .provision, .search].contains(self) }

    /// What a request line names.
    struct Match {
        var route: CloudRoute
        var dsn: String?
        /// Other parts of the path, by the names that the services' documents give them.
        var parameters: [String: String]

        init(_ route: CloudRoute, dsn: String? = nil, _ parameters: [String: String] = [:]) {
            self.route = route
            self.dsn = dsn
            self.parameters = parameters
        }
    }

    /// `.json` at the end of the path changes nothing.
    static func of(method: String, path: String) -> Match {
        let plain = path.hasSuffix(".json") ? path.dropLast(5) : path[...]
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            CloudQuery.decode($0)
        }
        if parts.first == "apiv1", let match = device(method, Array(parts.dropFirst())) { return match }
        if parts.starts(with: ["api", "v1"]), let match = account(method, Array(parts.dropFirst(2))) { return match }
        return switch (method, parts.count) {
        case ("POST", 2) where parts == ["users", "sign_in"]: Match(.signIn)
        case ("POST", 2) where parts == ["users", "refresh_token"]: Match(.refresh)
        case ("POST", 2) where parts == ["users", "sign_out"]: Match(.signOut)
        case ("GET", 2) where parts == ["users", "get_user_profile"]: Match(.profile)
        case ("GET", 3) where parts == factory: Match(.search)
        case ("POST", 4) where parts == factory + ["reserve"]: Match(.reserve)
        case ("POST", 5) where parts.starts(with: factory) && parts[4] == "manufacture":
            Match(.manufacture, dsn: parts[3])
        case ("POST", 5) where parts.starts(with: factory) && parts[4] == "provision": Match(.provision, dsn: parts[3])
        default: Match(.other)
        }
    }

    private static let factory = ["devicefactory", "v1", "devices"]
}
