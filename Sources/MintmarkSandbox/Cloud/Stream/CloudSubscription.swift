// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Somebody's wish to hear events of one unit, or of one OEM model's.
package struct CloudSubscription: Sendable {
    /// Older events than these are not told again.
    package static let kept = 1000

    let id: Int64
    let oem: String
    let owner: String
    let dsn: StreamNames
    let oemModel: StreamNames
    let propertyName: StreamNames
    let clientType: String
    let type: StreamEvent.Subject
    let name: String
    let description: String
    /// Opens the stream; whoever has it needs no token. Drawn once a rule allows the subscription.
    var streamKey = ""
    let createdAt: Int64
    /// Streams that are open with its key.
    var streams = 0
    /// Number of the last event, and the newest frames.
    private(set) var last = 0
    private var frames: [String] = []

    init(
        _ call: CloudCall, type: StreamEvent.Subject, clientType: String, id: Int64, user: CloudUser, now: Int64
    ) {
        self.id = id
        self.type = type
        self.clientType = clientType
        oem = user.oemID
        owner = user.uuid
        dsn = StreamNames(call.text("dsn") ?? "*")
        oemModel = StreamNames(call.text("oem_model") ?? "*")
        propertyName = StreamNames(call.text("property_name") ?? "*")
        name = call.text("name") ?? ""
        description = call.text("description") ?? ""
        createdAt = now
    }

    func wants(_ event: StreamEvent) -> Bool {
        type == event.subject && oem == event.oem && dsn.contains(event.dsn) && oemModel.contains(event.oemModel)
            && event.property.map { propertyName.contains($0.name) } ?? true
    }

    /// Numbers the event and keeps its frame, which is returned.
    mutating func take(_ event: StreamEvent, _ acknowledgement: CloudSwitches.AcknowledgementKey) -> String {
        last += 1
        let frame = event.frame(number: last, acknowledgement)
        if frames.count == Self.kept { frames.removeFirst() }
        frames.append(frame)
        return frame
    }

    /// The kept frames whose numbers are in the range.
    func frames(_ numbers: ClosedRange<Int>) -> [String] {
        let first = last - frames.count + 1
        return zip(first..., frames).filter { numbers.contains($0.0) }.map(\.1)
    }

    var json: JSONObject {
        let time = JSONValue(time: createdAt)
        return [
            "batch_size": 1, "client_type": .string(clientType),
            "connection_status": streams > 0 ? "Online" : "Offline",
            "created_at": time, "date_suspended": .null, "description": .string(description), "dsn": .string(dsn.text),
            "id": .integer(id), "is_suspended": false, "name": .string(name), "oem": .string(oem),
            "oem_model": .string(oemModel.text), "property_name": .string(propertyName.text),
            "stream_key": .string(streamKey), "subscription_type": .string(type.rawValue), "updated_at": time,
            "user_uuid": .string(owner),
        ]
    }
}
