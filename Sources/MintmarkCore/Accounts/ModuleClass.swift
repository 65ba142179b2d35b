// SPDX-License-Identifier: Apache-2.0

/// Who writes a module's software. Roles of the factory service are limited to one of the two.
///
/// Source: Ayla Factory Service API specification v2.2, 1.8. No document lists which part is of which class.
package enum ModuleClass: String, Sendable, CaseIterable {
    /// The vendor: a managed module.
    case blackBox = "black-box"
    /// The device maker, with the vendor's agent in it; Linux gateways too.
    case whiteBox = "white-box"
}
