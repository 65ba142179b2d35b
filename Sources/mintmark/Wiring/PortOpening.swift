// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSerial
import MintmarkStation

extension SlotConfiguration {
    /// Device node of the slot's port, looked up by bus-port path where the station file names one.
    func devicePath() throws(MintmarkError) -> String {
        switch port {
        case .path(let path): path
        case .usb(let path): try USBPorts.tty(forPath: path, sysfs: "/sys")
        }
    }

    func openPort() throws(MintmarkError) -> any SerialPort { try TTYPort.open(path: try devicePath(), baud: baud) }
}
