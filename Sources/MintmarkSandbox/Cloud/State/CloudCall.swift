// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// One request as the services see it.
package struct CloudCall: Sendable {
    package let route: CloudRoute
    /// DSN of the path, as sent.
    package let dsn: String?
    /// Other parts of the path.
    let parameters: [String: String]
    /// The token of `Authorization: auth_token …`.
    package let token: String?
    /// Parameters of the query, names and values decoded.
    package let query: [String: String]
    /// Nil: there was a body and it is no JSON object.
    package let body: JSONObject?

    package init(
        method: String, path: String, authorization: String? = nil, query: [String: String] = [:],
        body: [UInt8] = []
    ) {
        let match = CloudRoute.of(method: method, path: path)
        (route, dsn, parameters) = (match.route, match.dsn, match.parameters)
        token = authorization.flatMap { $0.hasPrefix("auth_token ") ? String($0.dropFirst(11)) : nil }
        self.query = query
        do throws(MintmarkError) {
            // Decimal values are the only numbers with a fraction that a service takes.
            let takesFractions = route == .addDatapoint || route == .addDatapoints
            self.body =
                body.isEmpty
                ? JSONObject() : try JSONParser.object(body, fractions: takesFractions ? .asText : .refused)
        } catch {
            self.body = nil
        }
    }

    /// A member that is there and not null.
    func member(_ name: String) -> JSONValue? {
        guard let value = body?[name], value != .null else { return nil }
        return value
    }

    /// A member as text; numbers and flags as they are written.
    func text(_ name: String) -> String? { member(name)?.asText }
}
