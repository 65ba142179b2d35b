// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudState {
    /// Devices of one OEM model one of whose properties has a value now.
    ///
    /// Source: Ayla Device Service API, device search. What its `match` and `search_by_property` do is not documented;
    /// here the value must be equal.
    func searchTwins(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard caller.devices != .none else { throw .forbidden }
        let names = ["property_name", "value", "oem_id", "oem_model"]
        let missing = names.filter { call.query[$0]?.isEmpty ?? true }
        guard missing.isEmpty else { throw .invalid("missing: \(missing.joined(separator: ", "))") }
        guard call.query["oem_id"] == caller.tenant.oemID else { throw .forbidden }
        var found: [JSONValue] = []
        for device in devices.values.sorted(by: { $0.dsn < $1.dsn }) {
            guard let twin = twin(of: device.dsn, now: now), try sees(caller, device, twin),
                twin.oemModel ?? device.oemModel == call.query["oem_model"],
                let property = twin.properties.first(where: { $0.name == call.query["property_name"] }),
                twin.value(of: property).asText == call.query["value"]
            else { continue }
            found.append(.object(["device": .object(shown(twin, device))]))
        }
        var query = call.query
        // A page backwards from page N is the one before it.
        if query["is_forward_page"] == "false", let page = query["page"].flatMap({ Int($0) }) {
            query["page"] = String(max(1, min(page, 1_000_000) - 1))
        }
        let page = Self.page(found, query)
        return CloudAnswer(
            200,
            ["devices": page["devices"], "next_page": page["next_page"], "previous_page": page["previous_page"]])
    }
}
