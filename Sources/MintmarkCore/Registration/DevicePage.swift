// SPDX-License-Identifier: Apache-2.0

/// One page of the cloud's list of devices.
package struct DevicePage: Sendable, Equatable {
    package let devices: [CloudDevice]
    /// Devices on all pages; nil where the cloud does not say it.
    package let total: Int?
    /// Nil on the last page.
    package let next: Int?

    package init(devices: [CloudDevice], total: Int?, next: Int?) {
        self.devices = devices
        self.total = total
        self.next = next
    }
}
