// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Objects `device` and `property` as the Device Service shows them.
extension CloudState {
    func shown(_ twin: CloudTwin, _ device: FactoryDevice) -> JSONObject {
        let id = JSONValue.integer(Int64(device.number))
        let isOwned = twin.owner != nil
        var object: JSONObject = [
            "activated_at": JSONValue(time: twin.activatedAt), "ans_enabled": true,
            "ans_server": "ans.aylanetworks.com", "connected_at": JSONValue(time: twin.connectedAt),
            "connection_status": .string(twin.status), "device_type": "Wifi", "dsn": .string(device.dsn.description),
            "has_properties": .bool(twin.template != nil), "id": id, "key": id, "lan_enabled": false,
            "lan_ip": twin.connectedAt == nil ? .null : .string(CloudTwin.address),
            "mac": JSONValue((twin.mac ?? device.mac).map(formed)),
            "model": .string(device.model.name), "oem": JSONValue(twin.oem ?? device.oem),
            "oem_model": JSONValue(twin.oemModel ?? device.oemModel),
            "product_name": .string(twin.productName ?? device.dsn.description),
            "registered": .bool(isOwned), "registrable": .bool(!isOwned),
            "registration_type": .string(twin.registration.rawValue),
            "sw_version": JSONValue(twin.softwareVersion),
            "template_id": twin.template.map { .integer($0.id) } ?? .null,
            "unique_hardware_id": JSONValue(twin.hwsig ?? device.hwsig),
            "user_id": twin.owner.map { .integer(Int64($0.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000_000 })) }
                ?? .null,
            "user_uuid": JSONValue(twin.owner),
        ]
        if let token = twin.proof.token { object["regtoken"] = .string(token) }
        if let token = twin.proof.setupToken { object["setup_token"] = .string(token) }
        if let place = twin.place {
            (object["lat"], object["lng"]) = (.string(place.latitude), .string(place.longitude))
        }
        if let failed = twin.authenticationFailedAt {
            object["oem_authentication_failed_at"] = JSONValue(time: failed)
        }
        return object
    }

    func json(
        _ property: TemplateProperty, _ index: Int, _ twin: CloudTwin, _ device: FactoryDevice
    ) -> JSONObject {
        let value = twin.value(of: property)
        let isReported = property.direction == .output && value != .null
        let last = twin.datapoints[property.name]?.last
        var object: JSONObject = [
            "ack_enabled": .bool(property.isAcknowledged), "base_type": .string(property.baseType.rawValue),
            "data_updated_at": JSONValue(time: last?.at ?? (isReported ? twin.updatedAt : nil)), "denied_roles": [],
            "derived": false, "device_key": .integer(Int64(device.number)),
            "direction": .string(property.direction.rawValue),
            "display_name": .string(property.name), "host_sw_version": .bool(property.isHostVersion),
            "key": .integer(Int64(device.number) * 1000 + Int64(index)), "name": .string(property.name),
            "product_name": .string(twin.productName ?? device.dsn.description),
            "read_only": .bool(property.direction == .output),
            "retention_days": 30, "scope": .string(property.scope.rawValue), "time_series": false,
            "track_only_changes": false,
            "type": "Property", "value": value,
        ]
        if let answer = last?.acknowledgement {
            // 0 and 1 here, 200 and 400 in a datapoint.
            object["ack_status"] = answer.status == 200 ? 0 : 1
            object["ack_message"] = .integer(answer.message)
            object["acked_at"] = JSONValue(time: answer.at)
        }
        return object
    }
}
