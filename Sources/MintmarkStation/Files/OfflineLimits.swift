// SPDX-License-Identifier: Apache-2.0
/// How much may wait for the cloud before a station begins no further run. Nil is no limit.
package struct OfflineLimits: Sendable, Equatable {
    /// Units that passed and are not registered.
    package var units: Int?
    /// Age of the oldest of them.
    package var hours: Int?

    package init(units: Int? = nil, hours: Int? = nil) {
        self.units = units
        self.hours = hours
    }
}
