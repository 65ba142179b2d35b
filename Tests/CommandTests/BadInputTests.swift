// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("Bad input gets a clear error and leaves nothing behind", .timeLimit(.minutes(2)))
struct BadInputTests {
    /// Everything below a folder with sizes, but for what a look may leave: lock and shared memory.
    private func contents(_ folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix(".lock") && !$0.hasPrefix("units") }.sorted()
    }

    private func entries(_ path: String) throws -> Int64 { try LedgerReader(at: path).summary().size }

    @Test("a malformed station file names the place, and no ledger is made")
    func stationFile() async throws {
        let factory = try await Rehearsal(units: 1)
        try factory.edit("label", "ledger: ", "leger: ")
        let before = contents(factory.folder)
        for command in [["station", "check"], ["station", "init"]] {
            let result = try await Tool.run(command + [factory.station("label")])
            #expect(result.status == 78)
            #expect(result.errors.contains("label.yaml:14:1: found the unknown key \"leger\""), "\(result.errors)")
            #expect(result.errors.contains("did you mean \"ledger\"?"))
        }
        #expect(contents(factory.folder) == before)
    }

    @Test("a malformed template names the place")
    func template() async throws {
        let factory = try await Rehearsal(units: 1)
        let path = "\(factory.folder)/templates/product/template.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("oem-model: plug-a1", with: "oem-model: plug_a1").write(
            toFile: path, atomically: true, encoding: .utf8)
        let result = try await Tool.run("template", "check", "\(factory.folder)/templates/product")
        #expect(result.status == 78)
        #expect(
            result.errors.contains("template.yaml:6:12: found \"plug_a1\", expected an OEM model"), "\(result.errors)")
    }

    @Test("a ledger that is missing is a fault, never made anew")
    func ledgerMissing() async throws {
        let factory = try await Rehearsal(units: 1)
        let before = contents(factory.folder)
        let result = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(result.status == 40 && result.errors.contains("[ledger-missing]"), "\(result.errors)")
        #expect(contents(factory.folder) == before)
        #expect(factory.bench.state(of: 1).boots == 0)
    }

    @Test("a ledger of a newer version is read by nobody and written by nobody")
    func ledgerNewer() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        try await SQLite.run(factory.ledger("label"), "PRAGMA user_version = 999")
        let result = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(result.status == 40 && result.errors.contains("[ledger-newer]"), "\(result.errors)")
    }

    @Test("a locked ledger names its owner")
    func ledgerLocked() async throws {
        let factory = try await Rehearsal(units: 1, faults: [1: [UnitFault(.silence, at: "reset")]])
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "1")
        let first = try RunningTool("provision", "--station", factory.station("label"), "--json")
        _ = try #require(await first.event("run.opened"))
        let second = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(second.status == 20 && second.errors.contains("[ledger-locked]"), "\(second.errors)")
        #expect(second.errors.contains(String(first.pid)))
        first.interrupt()
        #expect(await first.ended().status == 130)
    }

    @Test("an empty pool stops before the unit is touched")
    func poolEmpty() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        let before = try entries(factory.ledger("label"))
        let result = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(result.status == 20 && result.errors.contains("[pool-empty, 65]"), "\(result.errors)")
        #expect(factory.bench.state(of: 1).boots == 0)
        // session.open, session.close
        #expect(try entries(factory.ledger("label")) == before + 2)
    }

    @Test("a port that is absent or busy is told with the slot, and no run is opened")
    func ports() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "1")
        let before = try entries(factory.ledger("label"))
        let holder = Foundation.open(factory.bench.path(1), O_RDWR | O_NOCTTY)
        flock(holder, LOCK_EX)
        let busy = try await Tool.run("provision", "--station", factory.station("label"))
        Foundation.close(holder)
        #expect(
            busy.status == 20 && busy.errors.contains("slot S1:") && busy.errors.contains("[port-busy]"),
            "\(busy.errors)")
        factory.bench.unplug(1)
        let absent = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(absent.status == 20 && absent.errors.contains("[port-absent]"), "\(absent.errors)")
        // Two sessions opened and closed, nothing else.
        #expect(try entries(factory.ledger("label")) == before + 4)
    }

    @Test("a unit that is not what the station works on is told by name, and nothing is written to it")
    func wrongUnit() async throws {
        let wrong: [(fault: UnitFault.Kind, error: String)] = [
            (.wrongMode, "wrong-mode, 49"), (.wrongFirmware, "wrong-firmware, 57"),
            (.alreadyLabelled, "already-labelled, 61"), (.macMissing, "mac-missing, 71"),
            (.macZero, "mac-missing, 78"), (.macMulticast, "mac-missing, 78"), (.notTested, "not-tested, 69"),
        ]
        let faults = Dictionary(uniqueKeysWithValues: zip(1..., wrong.map { [UnitFault($0.fault)] }))
        let factory = try await Rehearsal(units: wrong.count, faults: faults)
        try await Tool.run("station", "init", factory.station("label"))
        let count = String(wrong.count)
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", count)
        let before = faults.keys.map { factory.bench.state(of: $0).saved }
        let result = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(result.status == 10, "\(result.errors)")
        let lines = result.errors.split(separator: "\n")
        for (number, wrong) in zip(1..., wrong) {
            let told = lines.filter { $0.contains("slot S\(number) ") || $0.contains("slot S\(number):") }
            #expect(told.contains { $0.contains("[\(wrong.error)]") }, "\(wrong): \(result.errors)")
        }
        #expect(faults.keys.map { factory.bench.state(of: $0).saved } == before)
        #expect(try LedgerReader(at: factory.ledger("label")).account().counts[.free] == wrong.count)
    }

    @Test("a MAC address seen on another unit stops both the second slot and the next run")
    func sameMAC() async throws {
        let factory = try await Rehearsal(units: 2, unit: { $0.mac = "0210f4a7c399" })
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "2")
        let result = try await Tool.run("provision", "--station", factory.station("label"), "--wait")
        #expect(result.status == 12 && result.errors.contains("[identity-in-use, 77]"), "\(result.errors)")
        let again = try await Tool.run("provision", "--station", factory.station("label"), "--wait")
        #expect(again.status == 10, "\(again.errors)")
        #expect(again.errors.contains("[identity-in-use, 77]"), "\(again.errors)")
        #expect(try LedgerReader(at: factory.ledger("label")).account().counts[.registered] == 1)
    }

    @Test("a malformed archive takes nothing into the pool; an archive is taken once")
    func archive() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        let name = "\(factory.folder)/AC000W900000777.xml"
        let good = Self.xml("AC000W900000777")
        for bad in [
            good.replacing("</dsn>", with: ""), good.replacing("777</dsn>", with: "778</dsn>"),
            good.replacing("f-device", with: "device"), "<!DOCTYPE x [<!ENTITY a \"b\">]>" + good, "", "PK\u{3}\u{4}",
            good.replacing("MIIBCgKC", with: "AAAAAAAA"),
        ] {
            try bad.write(toFile: name, atomically: true, encoding: .utf8)
            let result = try await Tool.run("dsn", "import", name, "--station", factory.station("label"))
            #expect(
                result.status == 64 && result.errors.contains("[bad-archive]"), "\(bad.prefix(60)): \(result.errors)")
        }
        #expect(try LedgerReader(at: factory.ledger("label")).account().reserved == 0)
        try good.write(toFile: name, atomically: true, encoding: .utf8)
        #expect(try await Tool.run("dsn", "import", name, "--station", factory.station("label")).status == 0)
        let twice = try await Tool.run("dsn", "import", name, "--station", factory.station("label"))
        #expect(twice.status == 64 && twice.errors.contains("[archive-imported-twice]"), "\(twice.errors)")
        #expect(try LedgerReader(at: factory.ledger("label")).account().reserved == 1)
    }

    private static func xml(_ dsn: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <f-device>
          <dsn>\(dsn)</dsn>
          <public-key>-----BEGIN RSA PUBLIC KEY-----
        \(SampleKey.pkcs1)
        -----END RSA PUBLIC KEY-----
        </public-key>
        </f-device>
        """
    }

    @Test("a full disk stops the run with the ledger whole")
    func diskFull() async throws {
        try #require(geteuid() == 0, "mounting a small disk takes root")
        let factory = try await Rehearsal(units: 1)
        let disk = "\(factory.folder)/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        #expect(mount("tmpfs", disk, "tmpfs", 0, "size=4m") == 0)
        defer { umount(disk) }
        try factory.edit("label", "../var/label.sqlite", "\(disk)/label.sqlite")
        let ledger = "\(disk)/label.sqlite"
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "2")
        let filler = FileManager.default.createFile(atPath: "\(disk)/fill", contents: nil)
        #expect(filler)
        let handle = try #require(FileHandle(forWritingAtPath: "\(disk)/fill"))
        while (try? handle.write(contentsOf: Data(repeating: 0, count: 4096))) != nil {}
        let result = try await Tool.run("provision", "--station", factory.station("label"))
        #expect(result.status == 40 && result.errors.contains("[disk-full]"), "\(result.errors)")
        #expect(factory.bench.state(of: 1).saved.id["serial"] == nil)
        try handle.close()
        try FileManager.default.removeItem(atPath: "\(disk)/fill")
        #expect(try LedgerVerifier(at: ledger).verify().isIntact)
        let after = try await Tool.run("provision", "--station", factory.station("label"), "--wait")
        #expect(after.status == 0, "\(after.errors)")
    }

    @Test("a secret that others can read is refused by name, and not shown")
    func secretMode() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("config"))
        let path = "\(factory.folder)/secrets/user-config.json"
        chmod(path, 0o644)
        let result = try await Tool.run("provision", "--station", factory.station("config"))
        #expect(
            result.status == 78 && result.errors.contains("secret user: others can read \(path)"), "\(result.errors)")
    }
}
