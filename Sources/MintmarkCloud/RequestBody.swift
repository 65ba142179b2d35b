// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A JSON object in the order in which its members are added; a member without a value is left out, never null.
struct RequestBody {
    private var before = "{"
    private var secret: SharedSecret?
    private var after = ""

    mutating func add(_ name: String, _ value: JSONValue?) {
        guard let value else { return }
        let member = comma + CanonicalJSON.text([name: value]).dropFirst().dropLast()
        if secret == nil { before += member } else { after += member }
    }

    mutating func add(_ name: String, _ text: String?) { add(name, text.map { .string($0) }) }

    /// At most one member's value may be a secret.
    mutating func add(_ name: String, secret value: SharedSecret?) {
        guard let value, secret == nil else { return }
        before += comma + "\"\(name)\":"
        secret = value
    }

    /// The whole text.
    var text: SharedSecret {
        guard let secret else { return SecretText.joined([.plain(before + "}")]) }
        return secret.withBytes { bytes in
            let value = Secret(count: SecretText.quotedSize(of: bytes)) { SecretText.quote(bytes, into: $0) }
            return value.withBytes { SecretText.joined([.plain(before), .raw($0), .plain(after + "}")]) }
        }
    }

    private var comma: String { before == "{" ? "" : "," }
}
