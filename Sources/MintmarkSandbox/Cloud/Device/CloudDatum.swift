// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One piece of metadata of a device. Times are seconds since 1970.
struct CloudDatum: Sendable, Equatable {
    let key: String
    var value: String
    let createdAt: Int64
    var updatedAt: Int64

    func json(_ dsn: DSN) -> JSONObject {
        [
            "created_at": JSONValue(time: createdAt), "dsn": .string(dsn.description), "from_template": false,
            "key": .string(key), "updated_at": JSONValue(time: updatedAt), "value": .string(value),
        ]
    }
}
