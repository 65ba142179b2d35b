// SPDX-License-Identifier: Apache-2.0

/// One property of a digital twin as the Device Service shows it.
///
/// Source: Ayla Device Service API, object `property`.
package struct TwinProperty: Sendable, Equatable {
    package var name: String
    /// `boolean`, `integer`, `decimal`, `string`, `file` or `message`; as sent.
    package var baseType: String?
    /// `input` is to the device, `output` from it; as sent.
    package var direction: String?
    package var scope: String?
    /// `ack_enabled`: the device acknowledges what it is sent.
    package var isAcknowledged: Bool?
    /// The last datapoint as text; nil when there was none.
    package var value: String?

    /// Every twin has this one: the template version that the device reported.
    package static let hostVersionName = "oem_host_version"

    package init(name: String) { self.name = name }
}
