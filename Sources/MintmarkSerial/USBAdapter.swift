// SPDX-License-Identifier: Apache-2.0

/// A USB device that may be a serial adapter.
package struct USBAdapter: Sendable, Equatable {
    /// Bus and port numbers, as `1-1.4`: where it is plugged in, whatever it is called.
    package let path: String
    package let vendorID: UInt16
    package let productID: UInt16
    /// The serial number its maker gave the adapter; often missing, sometimes the same on all.
    package let usbSerialNumber: String?
    /// One for each interface that has a tty.
    package let ports: [Port]

    package struct Port: Sendable, Equatable {
        /// Bus-port path and interface, as a station file names it: `1-1.4:1.0`.
        package let path: String
        /// Device node, `/dev/ttyUSB0`.
        package let tty: String
    }

    /// `0403:6001`
    package var vidPid: String { "\(Self.hex(vendorID)):\(Self.hex(productID))" }

    private static func hex(_ number: UInt16) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 4 - text.count) + text
    }
}
