// SPDX-License-Identifier: Apache-2.0

extension CloudRoute {
    /// Routes of the Device Service, by the parts of a path after `/apiv1`.
    static func device(_ method: String, _ parts: [String]) -> Match? {
        switch (method, parts.first ?? "", parts.count) {
        case ("GET", "devices", 1): return Match(.twins)
        case ("GET", "templates", 1): return Match(.templates)
        // Here `/devices/{dsn}` takes a DSN, unlike everywhere else.
        case ("PUT", "devices", 3) where parts[2] == "register": return Match(.register, dsn: parts[1])
        case ("PUT", "devices", 3) where parts[2] == "transfer": return Match(.transfer, dsn: parts[1])
        case (_, "devices", 2...): return below(method, Array(parts.dropFirst(2)), Match(.other, ["id": parts[1]]))
        case (_, "dsns", 2...): return below(method, Array(parts.dropFirst(2)), Match(.other, dsn: parts[1]))
        default: return nil
        }
    }

    /// What follows `/dsns/{dsn}` or `/devices/{id}`.
    private static func below(_ method: String, _ rest: [String], _ device: Match) -> Match? {
        var match = device
        switch (method, rest.count) {
        case ("GET", 0): match.route = .twin
        case ("GET", 1) where rest[0] == "properties": match.route = .properties
        case ("GET", 2) where rest[0] == "properties":
            match.route = .property
            match.parameters["name"] = rest[1]
        case ("PUT", 1) where rest[0] == "unregister": match.route = .unregister
        case ("PUT", 2) where rest[0] == "template":
            match.route = .applyTemplate
            match.parameters["template"] = rest[1]
        case ("GET", 9) where rest[0] == "connection_history":
            match.route = .history
            for index in stride(from: 1, to: 9, by: 2) { match.parameters[rest[index]] = rest[index + 1] }
        default: return nil
        }
        return match
    }
}
