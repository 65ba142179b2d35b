// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// One request that the services received, and what came of it. Holds no secret.
package struct CloudJournalEntry: Sendable, Equatable {
    /// Counts from 1.
    package let number: Int
    /// Seconds since 1970.
    package let time: Int64
    package let method: String
    package let path: String
    package let route: CloudRoute
    package let dsn: String?
    /// What stands in `X-Request-Id`.
    package let requestID: String
    /// Nil: the connection was cut before an answer.
    package let status: Int?
    package let hasCommitted: Bool
    /// The fault that hit it.
    package let fault: String?
    /// Members of the body and the query that are no secret.
    package let fields: JSONObject

    package var json: JSONObject {
        [
            "committed": .bool(hasCommitted), "dsn": .text(dsn), "fault": .text(fault), "fields": .object(fields),
            "method": .string(method), "number": .number(number), "path": .string(path),
            "request_id": .string(requestID), "route": .string(route.rawValue), "status": .number(status),
            "time": .integer(time),
        ]
    }

    /// Only what is named here is kept: passwords, tokens, app secrets and setup keys are not.
    static func fields(of call: CloudCall) -> JSONObject {
        var fields = JSONObject()
        let known = [
            "ads_connect_flag", "count", "dom_at", "hwsig", "mac", "manuf_model", "manuf_sn", "model",
            "module_sw_version", "odm", "oem_host_version", "oem_model",
        ]
        for name in known { fields[name] = call.body?[name] }
        fields["email"] = call.body?["user"]?.object?["email"]
        fields["app_id"] = call.body?["user"]?.object?["application"]?.object?["app_id"]
        for (name, value) in call.query where name.hasPrefix("[filter][") { fields[name] = .string(value) }
        return fields
    }
}
