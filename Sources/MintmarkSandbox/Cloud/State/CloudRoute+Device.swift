// SPDX-License-Identifier: Apache-2.0

extension CloudRoute {
    /// Routes of the Device Service, by the parts of a path after `/apiv1`.
    static func device(_ method: String, _ parts: [String]) -> Match? {
        switch (method, parts.first ?? "", parts.count) {
        case ("GET", "devices", 1): return Match(.twins)
        case ("POST", "devices", 1): return Match(.claim)
        case ("GET", "devices", 2) where parts[1] == "search": return Match(.searchTwins)
        case ("GET", "devices", 2) where parts[1] == "register": return Match(.candidate)
        case ("GET", "templates", 1): return Match(.templates)
        case ("POST", "batch_datapoints", 1): return Match(.addDatapoints)
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
        switch (method, rest.first ?? "", rest.count) {
        case ("GET", _, 0): match.route = .twin
        case ("PUT", _, 0): match.route = .rename
        case ("DELETE", _, 0): match.route = .unregister
        case ("PUT", "unregister", 1): match.route = .unregister
        case ("GET", "properties", 1): match.route = .properties
        case (_, "properties", 2...3): return property(method, rest, device)
        case (_, "data", 1...2): return metadata(method, rest, device)
        case ("PUT", "cmds", 2) where rest[1] == "factory_reset": match.route = .factoryReset
        case ("PUT", "template", 2):
            match.route = .applyTemplate
            match.parameters["template"] = rest[1]
        case ("GET", "connection_history", 9):
            match.route = .history
            for index in stride(from: 1, to: 9, by: 2) { match.parameters[rest[index]] = rest[index + 1] }
        default: return nil
        }
        return match
    }

    private static func property(_ method: String, _ rest: [String], _ device: Match) -> Match? {
        var match = device
        match.parameters["name"] = rest[1]
        switch (method, rest.count > 2 ? rest[2] : "") {
        case ("GET", "") where rest.count == 2: match.route = .property
        case ("GET", "datapoints"): match.route = .datapoints
        case ("POST", "datapoints"), ("POST", "message_datapoints"): match.route = .addDatapoint
        default: return nil
        }
        return match
    }

    private static func metadata(_ method: String, _ rest: [String], _ device: Match) -> Match? {
        var match = device
        if rest.count == 2 { match.parameters["key"] = rest[1] }
        switch (method, rest.count) {
        case ("GET", 1): match.route = .metadata
        case ("POST", 1): match.route = .addDatum
        case ("GET", 2): match.route = .datum
        case ("PUT", 2): match.route = .changeDatum
        case ("DELETE", 2): match.route = .removeDatum
        default: return nil
        }
        return match
    }
}
