// SPDX-License-Identifier: Apache-2.0

/// All that the Device Service showed of one unit at one moment.
package struct SeenTwin: Sendable, Equatable {
    /// Nil when the cloud shows no such device to this user.
    package var twin: DeviceTwin?
    package var properties: [TwinProperty]
    /// The newest first.
    package var history: [ConnectionEvent]
    /// Nil when there is no template, or its name is not shown.
    package var templateName: String?

    package init(
        twin: DeviceTwin?, properties: [TwinProperty] = [], history: [ConnectionEvent] = [],
        templateName: String? = nil
    ) {
        self.twin = twin
        self.properties = properties
        self.history = history
        self.templateName = templateName
    }
}
