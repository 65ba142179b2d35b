// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One answer, before headers that every answer has.
package struct CloudAnswer: Sendable, Equatable {
    package enum ContentType: String, Sendable {
        case json = "application/json; charset=utf-8"
        case html = "text/html; charset=utf-8"
        case text = "text/plain; charset=utf-8"
    }

    package var status: Int
    package var type = ContentType.json
    package var body: [UInt8]
    /// Seconds.
    package var retryAfter: Int?
    package var location: String?
    /// Whether the request changed a device or reserved DSNs.
    package var hasCommitted = false

    init(_ status: Int, _ object: JSONObject) {
        self.status = status
        body = CanonicalJSON.encode(object)
    }

    /// A bare array.
    init(_ status: Int, _ objects: [JSONObject]) {
        self.status = status
        body =
            [UInt8(ascii: "[")] + objects.map { CanonicalJSON.encode($0) }.joined(separator: ",".utf8)
            + [UInt8(ascii: "]")]
    }

    init(_ status: Int, html text: String) {
        self.status = status
        type = .html
        body = Array("<html><head><title>\(text)</title></head><body><h1>\(text)</h1></body></html>\n".utf8)
    }

    /// No body at all.
    init(empty status: Int) {
        self.status = status
        body = []
    }

    /// The same answer of a call that changed something.
    var committed: CloudAnswer {
        var answer = self
        answer.hasCommitted = true
        return answer
    }
}
