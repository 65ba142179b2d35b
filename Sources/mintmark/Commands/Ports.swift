// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkSerial

struct Ports: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List USB serial adapters with the paths a station file names them by.")

    @OptionGroup var json: JSONOption

    func run() throws {
        let adapters = try USBDiscovery.adapters()
        if json.isOn {
            for adapter in adapters {
                for port in adapter.ports {
                    Terminal.output(
                        CanonicalJSON.text([
                            "path": .string(port.path), "tty": .string(port.tty),
                            "usb_serial_number": .text(adapter.usbSerialNumber), "vid_pid": .string(adapter.vidPid),
                        ]))
                }
            }
            return
        }
        guard !adapters.isEmpty else { return Terminal.error("No USB serial adapter is plugged in.") }
        var table = TextTable("USB PATH", "VID:PID", "USB SERIAL NUMBER", "TTY")
        for adapter in adapters {
            for port in adapter.ports { table.add(port.path, adapter.vidPid, adapter.usbSerialNumber ?? "-", port.tty) }
        }
        for line in table.lines { Terminal.output(line) }
    }
}
