// SPDX-License-Identifier: Apache-2.0

/// What the ledger of a machine that was given up says of the time behind its mirror's end.
package struct LostEnd: Sendable {
    /// DSNs that came into the pool only then.
    package let reserved: [DSNReserved]
    /// Where DSNs are that the mirror could not tell of, in the order of the pool.
    package let found: [DSNReconciled]
    /// Registrations that were begun then and have no final badge.
    package let registrations: [PendingRegistration]

    package init(reserved: [DSNReserved], found: [DSNReconciled], registrations: [PendingRegistration]) {
        self.reserved = reserved
        self.found = found
        self.registrations = registrations
    }
}
