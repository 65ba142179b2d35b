// SPDX-License-Identifier: Apache-2.0

/// From here on heads of the log are signed with this key.
package struct KeyRotate: EntryPayload {
    package static let type = EntryType.keyRotate
    package static let fields = [
        EntryField("vkey", .text, "the key: NAME+KEYID+BASE64, a C2SP verifier key"),
        EntryField("replaces", .text, optional: true, "the key before it; the first head behind this entry has both"),
    ]

    package let vkey: String
    package let replaces: String?

    package init(vkey: String, replaces: String?) {
        self.vkey = vkey
        self.replaces = replaces
    }

    package var json: JSONObject { ["replaces": .text(replaces), "vkey": .string(vkey)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(vkey: try json.text("vkey"), replaces: json.optionalText("replaces"))
    }
}
