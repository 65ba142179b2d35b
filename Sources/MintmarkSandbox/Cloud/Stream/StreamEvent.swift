// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Something that happened to a unit, as streams tell it.
///
/// Source: Ayla Datastream Service guide, event types.
struct StreamEvent: Sendable {
    let type = "connectivity"
    let oem: String
    let oemModel: String
    let dsn: String
    let time: Int64
    let status: String

    /// `LENGTH|JSON`; the length counts characters.
    func frame(number: Int) -> String {
        let text = CanonicalJSON.text([
            "connection": .object([
                "event_time": JSONValue(time: time), "status": .string(status),
                "user_uuid": "00000000-0000-0000-0000-000000000000",
            ]),
            "metadata": .object([
                "dsn": .string(dsn), "event_type": .string(type), "oem_id": .string(oem),
                "oem_model": .string(oemModel), "resource_tags": [],
            ]), "seq": .string(String(number)),
        ])
        return "\(text.count)|\(text)"
    }
}
