// SPDX-License-Identifier: Apache-2.0

/// The words of templates and of the Device Service for a property.
///
/// Source: Ayla developer portal, template property import.
extension TwinProperty {
    package enum BaseType: String, Sendable, CaseIterable { case boolean, integer, decimal, string, file, message }

    /// `input` is to the device, `output` from it.
    package enum Direction: String, Sendable, CaseIterable { case input, output }

    package enum Scope: String, Sendable, CaseIterable { case user, oem }
}
