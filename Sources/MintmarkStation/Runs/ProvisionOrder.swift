// SPDX-License-Identifier: Apache-2.0

/// What one call of `provision` is asked to do.
package struct ProvisionOrder: Sendable {
    /// Names of the slots to work in; empty is all of the station's.
    package var slots: [String]
    /// Units in all; nil is one a slot.
    package var count: Int?
    package var batch: String?
    /// What the units are packed in.
    package var carton: String?
    package var actor: String
    /// Nothing is saved on a unit, nothing is registered.
    package var isDryRun: Bool

    package init(
        slots: [String] = [], count: Int? = nil, batch: String? = nil, carton: String? = nil, actor: String,
        isDryRun: Bool = false
    ) {
        self.slots = slots
        self.count = count
        self.batch = batch
        self.carton = carton
        self.actor = actor
        self.isDryRun = isDryRun
    }
}
