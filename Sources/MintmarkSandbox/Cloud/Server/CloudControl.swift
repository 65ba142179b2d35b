// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The sandbox's own routes, `/sandbox/…`: what a test or a person in another process asks of the virtual cloud.
struct CloudControl {
    let core: CloudCore

    func answer(_ method: String, _ path: String, _ query: [String: String], _ body: [UInt8]) -> CloudAnswer {
        do throws(MintmarkError) {
            let parts = path.split(separator: "/").dropFirst().map(String.init)
            // A decimal property's value, and where a unit is.
            let takesFractions = parts.first == "devices" && ["report", "locate"].contains(parts.last)
            let body =
                body.isEmpty
                ? JSONObject() : try JSONParser.object(body, fractions: takesFractions ? .asText : .refused)
            switch (method, parts) {
            case ("GET", ["journal"]): return journal(query)
            case ("GET", ["devices"]): return devices()
            case ("GET", let parts) where parts.count == 2 && parts[0] == "devices": return try device(parts[1])
            case ("POST", let parts) where parts.count == 3 && parts[0] == "devices":
                return try unit(parts[1], parts[2], body)
            case ("GET", ["templates"]):
                let templates = core.with { $0.state.templates.map { JSONValue.object($0.json) } }
                return CloudAnswer(200, ["templates": .array(templates)])
            case ("POST", ["templates"]):
                let template = try CloudTemplate(body, "the template")
                core.with { $0.state.add(template) }
                return CloudAnswer(200, ["template": .object(template.json)])
            case ("GET", ["faults"]): return faults()
            case ("POST", ["faults"]):
                let fault = try CloudFault(text: try body.sentText("fault"))
                core.with { $0.plan.inject(fault) }
                return faults()
            case ("DELETE", ["faults"]):
                core.with { $0.plan.clear() }
                return faults()
            case ("GET", ["switches"]): return switches()
            case ("POST", ["switches"]): return try setSwitches(body)
            case ("POST", ["expire-tokens"]):
                core.with { $0.state.expireTokens() }
                return CloudAnswer(200, JSONObject())
            case ("POST", ["pools"]): return try setPool(body)
            case ("POST", ["judge"]): return try judge(body)
            default: return CloudAnswer(404, ["error": "The sandbox has no such route"])
            }
        } catch {
            return CloudAnswer(400, ["error": .string(error.what), "next": .string(error.next)])
        }
    }

    /// All requests, or those of `route` and `dsn`.
    private func journal(_ query: [String: String]) -> CloudAnswer {
        let journal = core.with { $0.journal }
        let route = query["route"].map { CloudRoute(rawValue: $0) ?? .other }
        let entries = journal.entries(route, dsn: query["dsn"])
        return CloudAnswer(
            200, ["dropped": .integer(Int64(journal.dropped)), "entries": .array(entries.map { .object($0.json) })])
    }

    private func devices() -> CloudAnswer {
        let devices = core.with { $0.state.devices.values.sorted { $0.dsn < $1.dsn } }
        return CloudAnswer(200, ["devices": .array(devices.map { .object($0.json) })])
    }

    private func device(_ text: String) throws(MintmarkError) -> CloudAnswer {
        let dsn = try DSN(text)
        guard let device = core.with({ $0.state.devices[dsn] }) else {
            return CloudAnswer(ConnectRefusal.unknownDSN)
        }
        return CloudAnswer(200, device.json)
    }

    private func faults() -> CloudAnswer {
        CloudAnswer(200, ["faults": .texts(core.with { $0.plan.faults.map(\.description) })])
    }

    private func switches() -> CloudAnswer {
        CloudAnswer(200, ["switches": .texts(core.with { $0.state.switches.texts })])
    }

    /// All of them or none.
    private func setSwitches(_ body: JSONObject) throws(MintmarkError) -> CloudAnswer {
        let texts = body["switches"]?.array?.compactMap(\.text) ?? []
        try core.with { (parts) throws(MintmarkError) in
            var switches = parts.state.switches
            for text in texts { try switches.set(text) }
            parts.state.switches = switches
        }
        return switches()
    }

    private func setPool(_ body: JSONObject) throws(MintmarkError) -> CloudAnswer {
        let (model, count) = (try body.sentText("model"), try body.sentInteger("count"))
        let first = body["from"]?.integer.map { Int($0) }
        try core.with { (parts) throws(MintmarkError) in
            try parts.state.setPool(model: model, count: count, from: first)
        }
        return CloudAnswer(200, ["count": .integer(Int64(count)), "model": .string(model)])
    }

    private func judge(_ body: JSONObject) throws(MintmarkError) -> CloudAnswer {
        let dsn = try DSN(body.sentText("dsn"))
        guard let key = Base64.decode(try body.sentText("oem_key")) else {
            throw MintmarkError(.badInput, "oem_key is not base64", next: "Send the 256 bytes as base64.")
        }
        let state = core.with { $0.state }
        return CloudAnswer(200, ["verdict": .string(state.judge(oemKey: key, dsn: dsn).rawValue)])
    }
}
