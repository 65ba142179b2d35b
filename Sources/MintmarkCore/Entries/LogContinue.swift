// SPDX-License-Identifier: Apache-2.0

/// The station goes on with a new log from what a mirror held of its old one.
///
/// The entries before this one are the old log's and carry its id; this one and all behind it carry the new id. So
/// nothing that the old machine wrote after its mirror's end can be taken for an entry of this log.
package struct LogContinue: EntryPayload {
    package static let type = EntryType.logContinue
    package static let fields = [
        EntryField("continues", .text, "id of the log whose entries stand before this one"),
        EntryField("mirror", .text, "folder of the mirror they came from"),
        EntryField(
            "signed", .integer, optional: true,
            "entries under the newest head that was found of that log, when there are not so many here: the rest is lost"
        ),
        EntryField("skip", .integer, "every counter went on so much higher: the lost end may have used these numbers"),
    ]

    package let continues: String
    package let mirror: String
    package let signed: Int64?
    package let skip: Int

    package init(continues: String, mirror: String, signed: Int64?, skip: Int) {
        self.continues = continues
        self.mirror = mirror
        self.signed = signed
        self.skip = skip
    }

    package var json: JSONObject {
        [
            "continues": .string(continues), "mirror": .string(mirror), "signed": .number(signed),
            "skip": .number(skip),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            continues: try json.text("continues"), mirror: try json.text("mirror"),
            signed: json.optionalInteger("signed").map { Int64($0) }, skip: try json.integer("skip"))
    }
}
