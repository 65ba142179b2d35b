// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Search of the factory service. No vendor document describes it: parameters are those a public client sends.
extension CloudState {
    func search(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard let isVisible = caller.visible else { throw .forbidden }
        let reserver = switches.searchShowsReserved == .yes ? caller.tenant.oemID : nil
        let filters = Self.filters(call.query)
        let found = candidates(filters).filter { device in
            (isVisible(device) || device.state == .reserved && device.reservedBy == reserver)
                && filters.allSatisfy { $0.matches(device) }
        }
        let isRising = call.query["order"] == "asc"
        let sorted = found.sorted { isRising ? $0.dsn < $1.dsn : $1.dsn < $0.dsn }
        guard ["true", "1"].contains(call.query["paginated"]) else {
            return CloudAnswer(200, ["devices": .array(items(sorted))])
        }
        return CloudAnswer(200, Self.page(items(sorted), call.query))
    }

    /// One filter with its wanted text; an empty one is no filter.
    private struct Filter {
        let name: String
        let value: String

        func matches(_ device: FactoryDevice) -> Bool {
            switch name {
            case "mac_like": CloudState.plain(device.mac ?? "").contains(CloudState.plain(value))
            case "manuf_sn_like": (device.manufSN ?? "").contains(value)
            case "dsn_like": device.dsn.description.contains(value)
            case "hwsig_like": (device.hwsig ?? "").contains(value)
            case "model": device.model.name == value
            case "oem_model": device.oemModel == value
            default: true
            }
        }
    }

    private static func filters(_ query: [String: String]) -> [Filter] {
        query.compactMap { name, value in
            guard name.hasPrefix("[filter]["), name.hasSuffix("]"), !value.isEmpty else { return nil }
            return Filter(name: String(name.dropFirst(9).dropLast()), value: value)
        }
    }

    /// One device when a whole MAC address is asked for, else all of them.
    private func candidates(_ filters: [Filter]) -> [FactoryDevice] {
        if let mac = filters.first(where: { $0.name == "mac_like" })?.value, Self.plain(mac).utf8.count >= 12 {
            return dsnByMAC[Self.plain(mac)].flatMap { devices[$0] }.map { [$0] } ?? []
        }
        return Array(devices.values)
    }

    private func items(_ devices: [FactoryDevice]) -> [JSONValue] {
        devices.map { .object(["device": .object(shown($0, by: .search))]) }
    }

    /// One page of a list of devices.
    ///
    /// Source of the members: Ayla Device Service API, paginated device list.
    static func page(_ devices: [JSONValue], _ query: [String: String]) -> JSONObject {
        let size = min(100, max(1, query["per_page"].flatMap { Int($0) } ?? 100))
        let number = min(1_000_000, max(1, query["page"].flatMap { Int($0) } ?? 1))
        let start = min(devices.count, (number - 1) * size)
        let shown = devices[start..<min(devices.count, start + size)]
        return [
            "current_page_number": .integer(Int64(number)), "devices": .array(Array(shown)),
            "end_count_on_page": .integer(Int64(shown.endIndex)),
            "next_page": shown.endIndex < devices.count ? .integer(Int64(number + 1)) : .null,
            "previous_page": number > 1 ? .integer(Int64(number - 1)) : .null,
            "start_count_on_page": .integer(Int64(shown.isEmpty ? 0 : start + 1)),
            "total": .integer(Int64(devices.count)),
        ]
    }
}
