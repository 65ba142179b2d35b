// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("The auditor's bundle", .timeLimit(.minutes(30)))
struct BundleTests {
    /// `make crash` sets MINTMARK_MUTANTS.
    private static let mutants = ProcessInfo.processInfo.environment["MINTMARK_MUTANTS"] ?? "60"
    private static let verifiers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("Verifiers").path

    /// Two units through a label station; `bundle` stands in the factory's folder.
    private func export(_ kept: (String) async throws -> Void = { _ in }) async throws -> Rehearsal {
        let factory = try await Rehearsal(units: 2)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "3")
        try await kept(station)
        let run = try await Tool.run("provision", "--station", station, "--wait")
        #expect(run.status == 0, "\(run.errors)")
        let export = try await Tool.run("ledger", "export", station, "--bundle", "\(factory.folder)/bundle")
        #expect(export.status == 0, "\(export.errors)")
        return factory
    }

    @Test("every step of HOWTO-VERIFY works word for word, without our program") func howTo() async throws {
        let factory = try await export()
        let bundle = "\(factory.folder)/bundle"
        let text = try String(contentsOfFile: "\(bundle)/HOWTO-VERIFY.txt", encoding: .utf8)
        let steps = text.split(separator: "\n").filter { $0.hasPrefix("    $ ") }.map { String($0.dropFirst(6)) }
        #expect(steps.count == 9)
        var outputs: [String] = []
        for step in steps {
            let done = try await Shell.run(step, in: bundle)
            #expect(done.status == 0, "\(step): \(done.output)")
            outputs.append(done.output)
        }
        #expect(
            outputs[1].contains("CONSISTENT") && outputs[1].contains("reserved 3 = free 1 + registered 2 + unknown 0"))
        #expect(outputs[4].contains("Signature Verified Successfully"))
        #expect(outputs[5].contains("registered|2"))
        // Two proofs, two lines each: the entry, and who signed its head.
        #expect(outputs[6].split(separator: "\n").count == 4)
    }

    @Test("verify.py and mintmark say PROVEN against a head that was taken away, and BROKEN against another log's")
    func proven() async throws {
        let kept = try TemporaryFolder()
        let head = kept.file("head")
        let factory = try await export { station in
            try await Tool.run("ledger", "checkpoint", station, "-o", head)
        }
        let bundle = "\(factory.folder)/bundle"
        let python = try await Shell.run("python3 -I verify.py --head '\(head)'", in: bundle)
        #expect(python.status == 0 && python.output.contains("PROVEN up to entry"), "\(python.output)")
        for path in [bundle, factory.ledger("label")] {
            let ours = try await Tool.run("ledger", "verify", path, "--head", head)
            #expect(ours.status == 0 && ours.output.contains("PROVEN up to entry"), "\(ours.output)")
        }
        let stranger = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", stranger.station("label"))
        let other = kept.file("other")
        try await Tool.run("ledger", "checkpoint", stranger.station("label"), "-o", other)
        #expect(try await Shell.run("python3 -I verify.py --head '\(other)'", in: bundle).status == 40)
        #expect(try await Tool.run("ledger", "verify", bundle, "--head", other).status == 40)
    }

    @Test("no changed, removed, inserted or moved entry and no changed head is taken by any of three verifiers")
    func mutants() async throws {
        let factory = try await export()
        let work = try TemporaryFolder()
        let built = try await Shell.run(
            """
            GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE='\(BuiltProduct.path("go-cache"))' \
            go build -o '\(work.file("verify"))' verify.go
            """, in: Self.verifiers)
        #expect(built.status == 0, "\(built.output)")
        let seed = UInt32.random(in: 0 ... .max)
        let done = try await Shell.run(
            """
            python3 mutants.py '\(factory.folder)/bundle' '\(work.path)' \(seed) \(Self.mutants) '\(Tool.path)' \
            '\(work.file("verify"))'
            """, in: Self.verifiers)
        #expect(done.status == 0, "seed \(seed): \(done.output)")
    }

    @Test("a bundle needs a signed head and a new name, and leaves nothing when it cannot be made") func refused()
        async throws
    {
        let factory = try await export()
        let bundle = "\(factory.folder)/bundle"
        let again = try await Tool.run("ledger", "export", factory.station("label"), "--bundle", bundle)
        #expect(again.status != 0 && again.errors.contains("exists already"))
        try factory.edit("config", "  head-key: file:../secrets/head-key-config\n", "")
        try factory.edit("config", "head: ../secrets/config.head\n", "")
        try await Tool.run("station", "init", factory.station("config"))
        let unsigned = try await Tool.run("ledger", "export", factory.station("config"), "--bundle", bundle + "2")
        #expect(unsigned.status != 0 && unsigned.errors.contains("no head of this ledger was ever signed"))
        let left = try FileManager.default.contentsOfDirectory(atPath: factory.folder).filter { $0.hasPrefix("bundle") }
        #expect(left == ["bundle"])
    }

    @Test("a bundle covers all that was committed, or says how much it leaves out while a session runs")
    func newest() async throws {
        let factory = try await Rehearsal(units: 1, faults: [1: [UnitFault(.silence, at: "reset")]])
        let (station, bundle) = (factory.station("label"), "\(factory.folder)/bundle")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "1")
        let session = try RunningTool("provision", "--station", station, "--json")
        _ = try #require(await session.event("run.opened"))
        let during = try await Tool.run("ledger", "export", station, "--bundle", bundle + "-1")
        #expect(during.status == 0 && during.errors.contains("newer entries are not in it"), "\(during.errors)")
        session.kill()
        _ = await session.ended()
        let after = try await Tool.run("ledger", "export", station, "--bundle", bundle + "-2")
        #expect(after.status == 0 && !after.errors.contains("newer entries"), "\(after.errors)")
        let size = try LedgerReader(at: factory.ledger("label")).summary().size
        let entries = try String(contentsOfFile: bundle + "-2/entries.jsonl", encoding: .utf8)
        #expect(entries.split(separator: "\n").count == Int(size))
    }
}
