// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A station's user of the cloud: e-mail, password and the pair of app id and app secret.
package struct CloudUser: Sendable {
    /// Body of the sign-in request.
    let signInBody: SharedSecret

    private static let names = ["email", "password", "app_id", "app_secret"]

    /// Takes `{"email","password","app_id","app_secret"}`, four strings, in any order. Their bytes go straight from
    /// one secret into the other and never become text.
    ///
    /// - Throws: `.badSecret`, which quotes nothing of the content.
    package init(_ secret: SharedSecret) throws(MintmarkError) {
        signInBody = try secret.withBytes { (bytes) throws(MintmarkError) in
            guard let members = SecretJSON.members(of: bytes) else {
                throw Self.malformed("is not a JSON object")
            }
            guard members.count == Self.names.count else {
                throw Self.malformed("has \(members.count) members instead of \(Self.names.count)")
            }
            var pieces: [SecretText.Piece] = []
            for (name, before) in zip(
                Self.names,
                [
                    #"{"user":{"email":"#, #","password":"#, #","application":{"app_id":"#, #","app_secret":"#,
                ])
            {
                let member = members.first { name.utf8.elementsEqual(bytes[$0.name]) }
                guard let member, bytes[member.value.lowerBound] == UInt8(ascii: "\""), member.value.count > 2 else {
                    throw Self.malformed("has no text \"\(name)\"")
                }
                pieces += [.plain(before), .raw(UnsafeRawBufferPointer(rebasing: bytes[member.value]))]
            }
            return SecretText.joined(pieces + [.plain("}}}")])
        }
    }

    private static func malformed(_ what: String) -> MintmarkError {
        MintmarkError(
            .badSecret, "the cloud user's secret \(what)",
            next: #"Write it as {"email":"…","password":"…","app_id":"…","app_secret":"…"}."#)
    }
}
