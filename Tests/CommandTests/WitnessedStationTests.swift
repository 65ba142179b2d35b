// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("A station and its witnesses, by the command line", .timeLimit(.minutes(3)))
struct WitnessedStationTests {
    /// A label station with three DSNs, without witnesses, and its log's key.
    private func station(units: Int = 1) async throws -> (factory: Rehearsal, log: String) {
        let factory = try await Rehearsal(units: units)
        let file = factory.station("label")
        #expect(try await Tool.run("station", "init", file).status == 0)
        let log = try #require(try LedgerReader(at: factory.ledger("label")).headKeys().first)
        #expect(try await Tool.run("dsn", "reserve", "--station", file, "--count", "3").status == 0)
        return (factory, log)
    }

    private func name(_ witnesses: WitnessProcess..., in factory: Rehearsal) throws {
        try factory.edit("label", "slots:\n", "witnesses:\n\(witnesses.map(\.entry).joined())slots:\n")
    }

    private func checkpoint(_ factory: Rehearsal) async throws -> Tool.Result {
        try await Tool.run("ledger", "checkpoint", factory.station("label"), "--sign")
    }

    private func stats(_ factory: Rehearsal) async throws -> JSONObject {
        let result = try await Tool.run("ledger", "stats", factory.station("label"), "--json")
        return try JSONParser.object(Array(try #require(result.lines.first).utf8))
    }

    @Test("with a witness's key alone an auditor proves ledger and bundle, whoever owns the factory")
    func proven() async throws {
        let (factory, log) = try await station()
        let witness = try await WitnessProcess("acme.example/far", tls: true)
        try await witness.start(logs: [log])
        try name(witness, in: factory)
        let run = try await Tool.run("provision", "--station", factory.station("label"), "--wait")
        #expect(run.status == 0 && !run.errors.contains("witness"), "\(run.errors)")

        let bundle = "\(factory.folder)/bundle"
        #expect(try await Tool.run("ledger", "export", factory.station("label"), "--bundle", bundle).status == 0)
        let stats = try await stats(factory)
        let last = try #require(stats["entries"]?.integer) - 1
        #expect(stats["witnessed"]?.integer == last + 1 && stats["unwitnessed_seconds"]?.integer == 0)
        for ledger in [factory.ledger("label"), bundle] {
            let ours = try await Tool.run("ledger", "verify", ledger, "--key", witness.vkey)
            #expect(
                ours.output.contains("PROVEN up to entry \(last), by the head that "), "\(ours.output)")
            // The log's own key is not a word from outside.
            #expect(try await Tool.run("ledger", "verify", ledger, "--key", log).output.contains("CONSISTENT"))
        }
        let python = try await Shell.run("python3 -I verify.py --key '\(witness.vkey)'", in: bundle)
        #expect(python.output.contains("PROVEN up to entry \(last)"), "\(python.output)")
        let head = try await Tool.run("ledger", "checkpoint", factory.station("label"))
        #expect(head.output == (try String(contentsOfFile: "\(bundle)/checkpoint", encoding: .utf8)))
        #expect(head.output.contains("\n— acme.example/far "))
    }

    @Test("a head as a QR code, on paper or in a file, reads as the head's very bytes") func qr() async throws {
        let (factory, _) = try await station()
        let folder = factory.folder
        let head = try await Tool.run("ledger", "checkpoint", factory.ledger("label"))
        for name in ["head.png", "head.svg"] {
            let made = try await Tool.run("ledger", "checkpoint", factory.ledger("label"), "--qr", "\(folder)/\(name)")
            #expect(made.status == 0 && made.output == "", "\(made.errors)")
            let again = try await Tool.run("ledger", "checkpoint", factory.ledger("label"), "--qr", "\(folder)/\(name)")
            #expect(again.status == 64 && again.errors.contains("nothing is written over"))
        }
        let read = try await Shell.run("zbarimg -q --raw -Sbinary --nodbus head.png", in: folder)
        #expect(read.output == head.output)
        let paper = try await Tool.run("ledger", "checkpoint", factory.ledger("label"), "--qr")
        #expect(paper.status == 0 && !paper.output.contains("\u{1B}"))
        #expect(Set(paper.lines.map(\.count)).count == 1 && paper.lines.count * 2 - paper.lines[0].count == 1)
        let wrong = try await Tool.run("ledger", "checkpoint", factory.ledger("label"), "--qr", "head.gif")
        #expect(wrong.status == 64)
    }

    @Test("a witness that is down is named and delays nobody; when it is back it gets what it missed")
    func down() async throws {
        let (factory, log) = try await station()
        let (first, second) = (try await WitnessProcess("acme.example/a"), try await WitnessProcess("acme.example/b"))
        for witness in [first, second] { try await witness.start(logs: [log]) }
        try name(first, second, in: factory)
        #expect(try await checkpoint(factory).errors == "")
        second.kill()
        let run = try await Tool.run("provision", "--station", factory.station("label"), "--wait")
        #expect(run.status == 0)
        #expect(run.errors.contains("witness acme.example/b: \(second.url) cannot be reached; it lacks heads for 0 s"))
        #expect(!run.errors.contains("acme.example/a"))
        let reader = try LedgerReader(at: factory.ledger("label"))
        let size = try #require(try reader.newestHead()).checkpoint.size
        #expect(try reader.standing(ofWitness: "acme.example/a") == WitnessStanding(size: size, waitingSince: nil))
        let behind = try reader.standing(ofWitness: "acme.example/b")
        #expect(behind.size < size && behind.waitingSince != nil)

        try await second.start(logs: [log])
        #expect(try await checkpoint(factory).errors == "")
        let newest = try #require(try reader.newestHead()).checkpoint.size
        #expect(newest > size)
        for name in ["acme.example/a", "acme.example/b"] {
            #expect(try reader.standing(ofWitness: name).size == newest)
        }
        let verified = try await Tool.run("ledger", "verify", reader.path, "--key", second.vkey)
        #expect(verified.output.contains("PROVEN up to entry \(newest - 1)"))
    }

    @Test("a cosignature is kept only when the witness's own key made it") func impostor() async throws {
        let (factory, log) = try await station()
        let (named, other) = (try await WitnessProcess("acme.example/w"), try await WitnessProcess("acme.example/w"))
        try await other.start(logs: [log])
        try factory.edit(
            "label", "slots:\n", "witnesses:\n  - { url: \"\(other.url)\", key: \"\(named.vkey)\" }\nslots:\n")
        let signed = try await checkpoint(factory)
        #expect(signed.status == 0 && signed.errors.contains("its answer holds no cosignature by \(named.vkey)"))
        #expect(!signed.output.contains("— acme.example/w"))
        #expect(try LedgerReader(at: factory.ledger("label")).standing(ofWitness: "acme.example/w").size == 0)
    }

    /// What somebody does who wants an act never to have been: puts back ledger and head file together.
    private func rolledBack(_ witness: WitnessProcess, log: String, _ factory: Rehearsal) async throws {
        let files = ["\(factory.folder)/var/label.sqlite", "\(factory.folder)/secrets/label.head"]
        for file in files { try FileManager.default.copyItem(atPath: file, toPath: "\(file).old") }
        #expect(try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "2").status == 0)
        for file in files {
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.moveItem(atPath: "\(file).old", toPath: file)
        }
    }

    @Test("a ledger put back from a copy is a fault, with 40, when a witness knows it longer; so is one that grew on")
    func back() async throws {
        let (factory, log) = try await station()
        let witness = try await WitnessProcess("acme.example/w")
        try await witness.start(logs: [log])
        try name(witness, in: factory)
        #expect(try await checkpoint(factory).status == 0)
        try await rolledBack(witness, log: log, factory)

        let shorter = try await checkpoint(factory)
        #expect(shorter.status == 40, "\(shorter.errors)")
        #expect(shorter.errors.contains("LEDGER FAULT: witness acme.example/w: it cosigned"))
        #expect(shorter.errors.contains("[ledger-rolled-back]") && shorter.errors.contains("station replace"))

        // Behind the witness's back it grows longer than what the witness knows.
        witness.kill()
        for _ in 0..<2 { #expect(try await checkpoint(factory).status == 0) }
        try await witness.start(logs: [log])
        let longer = try await Tool.run("provision", "--station", factory.station("label"), "--json")
        #expect(longer.status == 40, "\(longer.errors)")
        #expect(longer.errors.contains("[ledger-forked]"))
        #expect(try LedgerReader(at: factory.ledger("label")).summary().size > 0)
    }
}
