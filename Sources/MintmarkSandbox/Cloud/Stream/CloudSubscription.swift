// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Somebody's wish to hear events of one unit, or of one OEM model's.
struct CloudSubscription: Sendable {
    let id: Int64
    let oem: String
    let owner: String
    /// `*`: every one.
    let dsn: String
    let oemModel: String
    let type: String
    let name: String
    /// Opens the stream; whoever has it needs no token.
    let streamKey: String
    let createdAt: Int64

    func wants(_ event: StreamEvent) -> Bool {
        type == event.type && oem == event.oem && (dsn == "*" || dsn == event.dsn)
            && (oemModel == "*" || oemModel.split(separator: ",").contains { $0 == event.oemModel })
    }

    func json(isOpen: Bool) -> JSONObject {
        let time = JSONValue(time: createdAt)
        return [
            "batch_size": 1, "client_type": "cloud", "connection_status": isOpen ? "Online" : "Offline",
            "created_at": time, "date_suspended": .null, "dsn": .string(dsn), "id": .integer(id),
            "is_suspended": false, "name": .string(name), "oem": .string(oem), "oem_model": .string(oemModel),
            "property_name": "*", "stream_key": .string(streamKey), "subscription_type": .string(type),
            "updated_at": time, "user_uuid": .string(owner),
        ]
    }
}
