// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@Suite("Virtual units behind real ptys", .timeLimit(.minutes(1)))
struct UnitBenchTests {
    /// What a station sees: the end of the pty that a link names.
    private final class Wire {
        let descriptor: CInt

        init(_ path: String) throws {
            descriptor = open(path, O_RDWR | O_NOCTTY)
            guard descriptor >= 0 else { throw POSIXError(.ENOENT) }
        }

        deinit { close(descriptor) }

        func send(_ text: String) {
            let bytes = Array(text.utf8)
            #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        }

        /// Blocks until what was heard ends so.
        func hear(until end: String) -> String {
            var (heard, byte) = ([UInt8](), UInt8(0))
            while read(descriptor, &byte, 1) == 1 {
                heard.append(byte)
                if heard.suffix(end.utf8.count).elementsEqual(end.utf8) { break }
            }
            return String(decoding: heard, as: UTF8.self)
        }
    }

    private func bench(
        _ folder: String, count: Int = 1, baud: Int? = nil, _ change: (inout ModuleOptions) -> Void = { _ in }
    ) throws -> UnitBench {
        var units = SandboxUnits.blank(count: count).map(Rehearsal.fast)
        for index in units.indices { change(&units[index]) }
        let bench = UnitBench(UnitBench.Configuration(folder: folder, units: units, baud: baud))
        try bench.start()
        return bench
    }

    @Test("a unit sits silent at its prompt, echoes, answers, boots and saves")
    func talk() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units"))
        defer { bench.stop() }
        let wire = try Wire(bench.path(1))
        wire.send("id model AY001MTP1\r")
        #expect(wire.hear(until: "mfg-> ") == "id model AY001MTP1\r\nmfg-> ")
        wire.send("reset\r")
        #expect(wire.hear(until: "mfg-> ").hasPrefix("reset\r\n\r\nbc 2.4.7 "))
        #expect(bench.state(of: 1).boots == 1 && bench.state(of: 1).running.id["model"] == nil)
        wire.send("mfg_mode disable\rsave\r")
        _ = wire.hear(until: "configuration saved\r\nmfg-> ")
        #expect(bench.state(of: 1).saves == 1 && bench.state(of: 1).saved.mode == "setup")
    }

    @Test("a station may come and go; the next one finds the unit as it was")
    func comesAndGoes() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units"))
        defer { bench.stop() }
        for round in 1...3 {
            let wire = try Wire(bench.path(1))
            wire.send("id model M\(round)\r")
            _ = wire.hear(until: "mfg-> ")
        }
        #expect(bench.state(of: 1).running.id["model"] == "M3")
    }

    @Test("a pulled cable ends the wire; plugged in again the unit answers behind the same link")
    func unplug() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units")) { $0.faults = [UnitFault(.unplug, at: "id serial")] }
        defer { bench.stop() }
        let wire = try Wire(bench.path(1))
        wire.send("id model AY001MTP1\r")
        _ = wire.hear(until: "mfg-> ")
        wire.send("id serial AC000W098700123\r")
        #expect(!wire.hear(until: "never").contains("mfg-> "), "the wire ends")
        #expect(!FileManager.default.fileExists(atPath: bench.path(1)))
        try bench.replug(1)
        let again = try Wire(bench.path(1))
        again.send("show id\r")
        #expect(again.hear(until: "mfg-> ").contains("id: model \"AY001MTP1\""), "the module kept its power")
        bench.unplug(1)
        bench.unplug(1)
        try bench.replug(1)
        #expect(FileManager.default.fileExists(atPath: bench.path(1)))
    }

    @Test("power can be cut, modules can change seats, and a unit can be made new")
    func acts() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units"), count: 2)
        defer { bench.stop() }
        let macs = (1...2).map { bench.state(of: $0).mac }
        #expect(macs == ["0210f4a7c311", "0210f4a7c312"])
        bench.swap(1, and: 2)
        #expect((1...2).map { bench.state(of: $0).mac } == macs.reversed())
        let wire = try Wire(bench.path(1))
        _ = wire.hear(until: "mfg-> ")
        wire.send("id model AY001MTP1\r")
        _ = wire.hear(until: "mfg-> ")
        bench.powerCycle(1)
        #expect(wire.hear(until: "mfg-> ").contains("bc init done"))
        #expect(bench.state(of: 1).running.id == [:])
        let parked = bench.swap(1, with: ParkedModule(ModuleOptions(mac: "0210f4a7c377", hwsig: "h")))
        #expect(parked.state.mac == "0210f4a7c312" && bench.state(of: 1).mac == "0210f4a7c377")
        bench.inject(UnitFault(.macZero), into: 1)
        #expect(bench.state(of: 1).fired == ["mac-zero"])
        bench.renew(1)
        #expect(bench.state(of: 1).mac == "0210f4a7c311" && bench.state(of: 1).boots == 0)
    }

    @Test("a station that does not read loses what the port cannot keep, and nothing waits for it")
    func overrun() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units"))
        defer { bench.stop() }
        let wire = try Wire(bench.path(1))
        for _ in 1...40 { wire.send("show id\rshow wifi\rshow wifi\r") }
        wire.send("id model LAST\r")
        while bench.state(of: 1).running.id["model"] == nil { sched_yield() }
        tcflush(wire.descriptor, TCIFLUSH)
        wire.send("show version\r")
        _ = wire.hear(until: "ID 5d1c0aa\r\nmfg-> ")
    }

    @Test("32 units on paced wires are served by a few threads of the process, not one each")
    func threads() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units"), count: 32, baud: 115_200)
        defer { bench.stop() }
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        let wires = try (1...32).map { try Wire(bench.path($0)) }
        for round in 1...3 {
            for wire in wires { wire.send("id mfg_serial wd-\(round)\rshow id\r") }
            for (index, wire) in wires.enumerated() {
                let heard = wire.hear(until: "\"\r\nmfg-> ")
                #expect(heard.contains("id: mfg_serial \"wd-\(round)\""))
                #expect(heard.contains("id: mac_addr \"\(bench.state(of: index + 1).mac)\""))
            }
        }
        let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        #expect(after - before < 16)
    }

    @Test("a unit paced at 9600 takes the wire's time and no less")
    func pace() throws {
        let folder = try TemporaryFolder()
        let bench = try bench(folder.file("units"), baud: 9600)
        defer { bench.stop() }
        let wire = try Wire(bench.path(1))
        let start = ContinuousClock.now
        wire.send("show host\r")
        let heard = wire.hear(until: "mfg-> ")
        // One way for the first letter, then all that came back, at 960 bytes a second.
        #expect(ContinuousClock.now - start >= .microseconds((1 + heard.utf8.count) * 1_000_000 / 960))
    }
}
