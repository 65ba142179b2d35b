// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// An answer of the virtual cloud, before it is put on the wire.
struct CloudReply: Sendable, Equatable {
    var status: Int
    var body: String
    var contentType = "application/json; charset=utf-8"

    static func json(_ status: Int, _ object: JSONObject) -> CloudReply {
        CloudReply(status: status, body: CanonicalJSON.text(object))
    }

    static func json(_ status: Int, _ items: [JSONValue]) -> CloudReply {
        let texts = items.compactMap(\.object).map { CanonicalJSON.text($0) }
        return CloudReply(status: status, body: "[\(texts.joined(separator: ","))]")
    }

    /// The shapes in which services tell of an error.
    static func error(_ status: Int, _ text: String, as shape: CloudSwitches.ErrorBody) -> CloudReply {
        switch shape {
        case .message: .json(status, ["error": .object(["message": .string(text)])])
        case .text: .json(status, ["error": .string(text)])
        case .list: .json(status, ["errors": .array([.object(["message": .string(text)])])])
        case .empty: CloudReply(status: status, body: "")
        case .html:
            CloudReply(status: status, body: "<html><body><h1>\(text)</h1></body></html>", contentType: "text/html")
        }
    }

    /// `{"error":[{"code":"AFS-606","message":"…"}]}`
    static func factory(_ code: String, _ message: String, wrapper: String) -> CloudReply {
        .json(422, [wrapper: .array([.object(["code": .string(code), "message": .string(message)])])])
    }
}
