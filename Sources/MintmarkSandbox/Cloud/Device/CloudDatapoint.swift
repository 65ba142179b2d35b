// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One value that a property had. Times are seconds since 1970.
///
/// Sources: Ayla service API specification v8.1, 7; Ayla tech note 2 for acknowledgements.
struct CloudDatapoint: Sendable, Equatable {
    /// What the unit said to a value that it was sent.
    struct Acknowledgement: Sendable, Equatable {
        let id: String
        let at: Int64
        /// 200 or 400.
        let status: Int64
        let message: Int64
    }

    /// RFC 9562 text.
    let id: String
    let value: JSONValue
    let at: Int64
    let isFromUnit: Bool
    /// Who sent it; nil: the unit.
    let sender: String?
    /// At most ten texts.
    let metadata: JSONObject
    var acknowledgement: Acknowledgement?

    /// The object `datapoint` of a REST answer.
    var json: JSONObject {
        var object = event
        object["user_uuid"] = nil
        object["ack_message"] = acknowledgement.map { .integer($0.message) } ?? .null
        object["ack_status"] = acknowledgement.map { .integer($0.status) } ?? .null
        object["acked_at"] = JSONValue(time: acknowledgement?.at)
        return object
    }

    /// The same of a stream's event.
    var event: JSONObject {
        let time = JSONValue(time: at)
        return [
            "closed": true, "created_at": time, "created_at_from_device": isFromUnit ? time : .null, "echo": false,
            "id": .string(id), "metadata": .object(metadata), "updated_at": time,
            "user_uuid": .string(sender ?? StreamEvent.nobody), "value": value,
        ]
    }

    /// The same of the event of its acknowledgement.
    var acknowledgementEvent: JSONObject {
        var object = event
        guard let acknowledgement else { return object }
        object["ack_id"] = .string(acknowledgement.id)
        object["ack_message"] = .integer(acknowledgement.message)
        object["ack_status"] = .integer(acknowledgement.status)
        object["acked_at"] = JSONValue(time: acknowledgement.at)
        return object
    }
}
