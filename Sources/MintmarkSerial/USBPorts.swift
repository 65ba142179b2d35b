// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

/// The ttys of USB adapters, as sysfs tells them. ttyUSB numbers do not follow ports, so ports are named by path.
package enum USBPorts {
    /// The device node of the interface at this bus-port path, as `1-1.4:1.0`.
    ///
    /// - Throws: `.portAbsent` when nothing is plugged in there or it has no tty; `.badInput` for another form of path.
    package static func tty(forPath path: String, sysfs: String = "/sys") throws(MintmarkError) -> String {
        guard isInterface(path) else {
            throw MintmarkError(
                .badInput, "\"\(path)\" is not a bus-port path",
                next: "Write it as `mintmark ports` shows it, 1-1.4:1.0.")
        }
        guard let name = ttyNames(in: "\(sysfs)/bus/usb/devices/\(path)").first else {
            throw MintmarkError(
                .portAbsent, "no serial adapter is plugged in at \(path)",
                next: "Plug it in there, or correct the slot's path; `mintmark ports` lists what is there.")
        }
        return "/dev/\(name)"
    }

    /// The ttys of the device at this bus-port path (without interface), in the order of its interfaces.
    static func ports(ofDevice path: String, sysfs: String) -> [USBAdapter.Port] {
        let interfaces = Folder.names("\(sysfs)/bus/usb/devices").filter { $0.hasPrefix("\(path):") }.sorted()
        return interfaces.flatMap { interface in
            ttyNames(in: "\(sysfs)/bus/usb/devices/\(interface)").map {
                USBAdapter.Port(path: interface, tty: "/dev/\($0)")
            }
        }
    }

    /// usb-serial drivers put `ttyUSB0` into the interface's folder, cdc_acm puts `tty/ttyACM0` there.
    private static func ttyNames(in folder: String) -> [String] {
        (Folder.names(folder).filter { $0.hasPrefix("ttyUSB") }
            + Folder.names(folder + "/tty").filter { $0.hasPrefix("tty") }).sorted()
    }

    private static func isInterface(_ path: String) -> Bool {
        let parts = path.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].contains("-"), parts[1].contains(".") else { return false }
        return path.allSatisfy { $0.isASCII && ($0.isNumber || "-.:".contains($0)) }
    }
}

/// Names in a folder; a folder that is not there is empty.
enum Folder {
    static func names(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
