// SPDX-License-Identifier: Apache-2.0

/// The calls of the User Service and the Factory Proxy Service, by the name that faults and journal use.
package enum CloudRoute: String, Sendable, CaseIterable {
    case signIn = "sign-in"
    case refresh
    case signOut = "sign-out"
    case profile
    case reserve, manufacture, provision, search
    /// Any other path.
    case other

    /// Whether it is one of the Factory Proxy Service, whose errors have shapes of their own.
    var isFactory: Bool {
        switch self {
        case .reserve, .manufacture, .provision, .search: true
        case .signIn, .refresh, .signOut, .profile, .other: false
        }
    }

    /// The route of a request line, and the DSN that stands in its path. `.json` at the end changes nothing.
    static func of(method: String, path: String) -> (route: CloudRoute, dsn: String?) {
        let plain = path.hasSuffix(".json") ? path.dropLast(5) : path[...]
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        return switch (method, parts.count) {
        case ("POST", 2) where parts == ["users", "sign_in"]: (.signIn, nil)
        case ("POST", 2) where parts == ["users", "refresh_token"]: (.refresh, nil)
        case ("POST", 2) where parts == ["users", "sign_out"]: (.signOut, nil)
        case ("GET", 2) where parts == ["users", "get_user_profile"]: (.profile, nil)
        case ("GET", 3) where parts == factory: (.search, nil)
        case ("POST", 4) where parts == factory + ["reserve"]: (.reserve, nil)
        case ("POST", 5) where parts.starts(with: factory) && parts[4] == "manufacture": (.manufacture, parts[3])
        case ("POST", 5) where parts.starts(with: factory) && parts[4] == "provision": (.provision, parts[3])
        default: (.other, nil)
        }
    }

    private static let factory = ["devicefactory", "v1", "devices"]
}
