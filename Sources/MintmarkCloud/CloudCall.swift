// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One request. Its body is handled as a secret, because most bodies hold one.
struct CloudCall: Sendable {
    let base: CloudBase
    /// Begins with a slash; may have a query; percent-encoded.
    let path: String
    /// Sent with POST; without one it is a GET.
    var body: SharedSecret?
    /// DELETE, without a body.
    var isDelete = false
    var token: CloudTokens?
    /// On a connection of its own, so that it cannot meet one that the server is just closing.
    var needsFreshConnection = false
    let deadline: Deadline

    /// For a query: what is unreserved in RFC 3986 stays, all else is percent-encoded.
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(UnicodeScalar(byte))
            default: "%" + Hex.encode([byte]).uppercased()
            }
        }.joined()
    }
}
