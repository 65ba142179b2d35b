// SPDX-License-Identifier: Apache-2.0

/// A person said once that this station may work on a field deployment, where every act is about sold products.
package struct FieldConfirmed: EntryPayload {
    package static let type = EntryType.fieldConfirmed
    package static let fields = [
        EntryField("oem_id", .text, "the account"),
        EntryField("environment", .text, "region and deployment, as us/field"),
    ]

    package let oemID: String
    package let environment: String

    package init(oemID: String, environment: String) {
        self.oemID = oemID
        self.environment = environment
    }

    /// Counts the confirmations of this account and environment.
    package var counter: String { "confirmed \(environment) \(oemID)" }

    package var json: JSONObject { ["environment": .string(environment), "oem_id": .string(oemID)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(oemID: try json.text("oem_id"), environment: try json.text("environment"))
    }
}
