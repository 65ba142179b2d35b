// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What a sign-in or a refresh gave: both tokens are new each time.
final class CloudTokens: Sendable {
    let role: String
    private let access: SharedSecret
    private let refresh: SharedSecret

    /// Nil unless `body` is a token object with two usable tokens.
    init?(_ body: [UInt8]) {
        // Only the role becomes text.
        let found = body.withUnsafeBytes { bytes -> (SharedSecret, SharedSecret, String)? in
            guard let members = SecretJSON.members(of: bytes),
                let access = Self.token("access_token", members, bytes),
                let refresh = Self.token("refresh_token", members, bytes)
            else { return nil }
            let role = Self.content("role", members, bytes).map { String(decoding: $0, as: UTF8.self) }
            return (access, refresh, PrintableText.of(role ?? "", limit: 80))
        }
        guard let found else { return nil }
        (access, refresh, role) = found
    }

    /// Value of the `Authorization` header. Made at the last moment; nothing keeps it.
    var authorization: String { access.withBytes { "auth_token " + String(decoding: $0, as: UTF8.self) } }

    var refreshBody: SharedSecret { Self.body("refresh_token", refresh) }
    var signOutBody: SharedSecret { Self.body("access_token", access) }

    private static func body(_ name: String, _ token: SharedSecret) -> SharedSecret {
        token.withBytes { SecretText.joined([.plain(#"{"user":{"\#(name)":""#), .raw($0), .plain(#""}}"#)]) }
    }

    /// A token goes into a header and into JSON as it is: 1-255 printable characters, none that needs escaping.
    private static func token(
        _ name: String, _ members: [SecretJSON.Member], _ bytes: UnsafeRawBufferPointer
    ) -> SharedSecret? {
        guard let content = content(name, members, bytes), (1...255).contains(content.count),
            content.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return SharedSecret(Secret(copying: UnsafeRawBufferPointer(rebasing: content)))
    }

    private static func content(
        _ name: String, _ members: [SecretJSON.Member], _ bytes: UnsafeRawBufferPointer
    ) -> Slice<UnsafeRawBufferPointer>? {
        guard let member = members.first(where: { name.utf8.elementsEqual(bytes[$0.name]) }),
            bytes[member.value.lowerBound] == UInt8(ascii: "\"")
        else { return nil }
        return bytes[member.value].dropFirst().dropLast()
    }
}
