// SPDX-License-Identifier: Apache-2.0
internal import CLibUSB
package import MintmarkCore

/// What is plugged in, through libusb; names and ttys from sysfs, which needs no right to open a device.
package enum USBDiscovery {
    /// Adapters with a serial port, by path; with `all` every USB device but hubs.
    ///
    /// - Throws: `.stationFault` when libusb cannot start. A machine without USB has an empty list.
    package static func adapters(all: Bool = false, sysfs: String = "/sys") throws(MintmarkError) -> [USBAdapter] {
        var context: OpaquePointer?
        guard libusb_init(&context) == 0 else {
            throw MintmarkError(
                .stationFault, "libusb cannot start", next: "Check that /dev/bus/usb is there and may be read.")
        }
        defer { libusb_exit(context) }
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = libusb_get_device_list(context, &list)
        guard count >= 0 else {
            throw MintmarkError(
                .stationFault, "USB devices cannot be listed", next: "Check that /dev/bus/usb is there and may be read."
            )
        }
        defer { libusb_free_device_list(list, 1) }
        let devices = UnsafeBufferPointer(start: list, count: count).compactMap(\.self)
        return devices.compactMap { adapter($0, sysfs: sysfs) }.filter { all || !$0.ports.isEmpty }
            .sorted { $0.path < $1.path }
    }

    private static func adapter(_ device: OpaquePointer, sysfs: String) -> USBAdapter? {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(device, &descriptor) == 0,
            descriptor.bDeviceClass != UInt8(LIBUSB_CLASS_HUB.rawValue)
        else { return nil }
        var numbers = [UInt8](repeating: 0, count: 8)
        let depth = libusb_get_port_numbers(device, &numbers, CInt(numbers.count))
        // A root hub has no port number.
        guard depth > 0 else { return nil }
        let ports = numbers.prefix(Int(depth)).map(String.init).joined(separator: ".")
        let path = "\(libusb_get_bus_number(device))-\(ports)"
        return USBAdapter(
            path: path, vendorID: descriptor.idVendor, productID: descriptor.idProduct,
            usbSerialNumber: SysfsFile.read("\(sysfs)/bus/usb/devices/\(path)/serial"),
            ports: USBPorts.ports(ofDevice: path, sysfs: sysfs))
    }
}
