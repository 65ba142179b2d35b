// SPDX-License-Identifier: Apache-2.0

/// What the ledger of a machine that was given up says of the time behind its mirror's end.
package struct LostEnd: Sendable {
    /// DSNs that came into the pool only then.
    package let reserved: [DSNReserved]
    /// Where DSNs are by that ledger, of those that are not at the same place here; in the order of the pool.
    package let found: [DSNReconciled]
    /// Registrations that were begun then and have no final badge.
    package let registrations: [PendingRegistration]

    /// How many DSNs are free in it and have no place here: they are left alone, because its own end may be missing.
    package let doubtful: Int

    package init(
        reserved: [DSNReserved], found: [DSNReconciled], registrations: [PendingRegistration], doubtful: Int = 0
    ) {
        self.reserved = reserved
        self.found = found
        self.registrations = registrations
        self.doubtful = doubtful
    }
}
