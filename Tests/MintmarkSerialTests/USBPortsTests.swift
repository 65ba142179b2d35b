// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkSerial
import TestSupport
import Testing

@Suite("USB ports by sysfs")
struct USBPortsTests {
    private func makeTree(_ folder: borrowing TemporaryFolder) throws {
        for path in ["1-1.4:1.0/ttyUSB7", "1-1.2:1.0/tty/ttyACM0", "1-1.3:1.0"] {
            try FileManager.default.createDirectory(
                atPath: folder.file("bus/usb/devices/\(path)"), withIntermediateDirectories: true)
        }
    }

    @Test("a path finds its tty, for usb-serial drivers and for cdc_acm")
    func found() throws {
        let folder = try TemporaryFolder()
        try makeTree(folder)
        #expect(try USBPorts.tty(forPath: "1-1.4:1.0", sysfs: folder.path) == "/dev/ttyUSB7")
        #expect(try USBPorts.tty(forPath: "1-1.2:1.0", sysfs: folder.path) == "/dev/ttyACM0")
    }

    @Test("an empty place, a device without a tty and a wrong form are told apart")
    func missing() throws {
        let folder = try TemporaryFolder()
        try makeTree(folder)
        let sysfs = folder.path
        for path in ["1-9:1.0", "1-1.3:1.0"] {
            let error = #expect(throws: MintmarkError.self) { try USBPorts.tty(forPath: path, sysfs: sysfs) }
            #expect(error?.code == .portAbsent)
        }
        for path in ["1-1.4", "ttyUSB0", "../1-1.4:1.0", ""] {
            let error = #expect(throws: MintmarkError.self) { try USBPorts.tty(forPath: path, sysfs: sysfs) }
            #expect(error?.code == .badInput)
        }
    }

    @Test("listing works on a machine with and without USB")
    func list() throws {
        for adapter in try USBDiscovery.adapters(all: true) { #expect(adapter.path.contains("-")) }
    }
}
