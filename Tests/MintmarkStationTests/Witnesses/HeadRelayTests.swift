// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkStation
import Testing

@Suite("Heads on their way to the witnesses", .timeLimit(.minutes(1))) struct HeadRelayTests {
    @Test("each witness gets the newest head; one that was overtaken while it was down is never sent")
    func newest() async throws {
        let bench = try RelayBench("a", "b", answers: ["b": [.down]])
        await bench.hold()
        let relay = bench.relay()
        await relay.start()
        #expect(Set(await bench.arrivals.next(2)) == ["a 0-10", "b 0-10"])
        await bench.sign(20)
        relay.wake()
        await bench.letGo()
        #expect(Set(await bench.kept.next(3)) == ["a 10", "a 20", "b 20"])
        await relay.finish(within: .seconds(2))
        #expect(await bench.sent.filter { $0.hasPrefix("b") }.last == "b 0-20")
    }

    @Test("what was not taken is sent again, after pauses that double to a minute and are never the same")
    func pauses() async throws {
        let bench = try RelayBench("a", answers: ["a": Array(repeating: .down, count: 9)])
        let relay = bench.relay()
        await relay.start()
        #expect(await bench.kept.next(1) == ["a 10"])
        let middles: [Double] = [1, 2, 4, 8, 16, 32, 60, 60, 60]
        let pauses = bench.clock.sleeps.map { $0 / .seconds(1) }
        #expect(pauses.count == middles.count)
        for (pause, middle) in zip(pauses, middles) {
            #expect(pause >= 0.75 * middle && pause <= 1.25 * middle && pause != middle)
        }
        await relay.finish(within: .seconds(2))
    }

    @Test("a witness that is down is told of with how long it lacks heads, and again when that has doubled")
    func notices() async throws {
        let bench = try RelayBench("a", answers: ["a": Array(repeating: .down, count: 30) + [.reply(500, "")]])
        let relay = bench.relay()
        await relay.start()
        #expect(await bench.kept.next(1) == ["a 10"])
        await relay.finish(within: .seconds(2))
        let told = await bench.notices.next(5)
        #expect(told[0] == "witness a: https://a cannot be reached; it lacks heads for 42 s\nnext: Wait.")
        let ages = told.prefix(4).compactMap { $0.firstMatch(of: /for ([0-9]+) s/).flatMap { Int($0.1) } }
        #expect(ages.count == 4 && zip(ages, ages.dropFirst()).allSatisfy { 2 * $0 <= $1 }, "\(told)")
        #expect(told[4].contains("cannot be reached") || told[4].contains("it answered with status 500"))
    }

    @Test("a witness that is down and lacks nothing is no news") func noNews() async throws {
        let bench = try RelayBench("a", answers: ["a": [.down, .down]])
        await bench.isCosigned(by: "a", upTo: 10)
        let relay = bench.relay()
        await relay.start()
        #expect(await bench.kept.next(1) == ["a 10"])
        #expect(await bench.sent.count == 3)
        await bench.sayLast()
        await relay.finish(within: .seconds(2))
        #expect(await bench.notices.next(1) == ["the last"])
    }

    @Test("at its start each witness is asked, though the ledger holds its cosignature of the newest head")
    func asked() async throws {
        let bench = try RelayBench("a")
        await bench.isCosigned(by: "a", upTo: 10)
        let relay = bench.relay()
        await relay.start()
        #expect(await bench.kept.next(1) == ["a 10"])
        #expect(await bench.sent == ["a 10-10"])
        relay.wake()
        await relay.finish(within: .seconds(2))
        #expect(await bench.sent == ["a 10-10"])
    }

    @Test("a witness that tells another size is asked again from there, once") func conflict() async throws {
        let bench = try RelayBench("a", answers: ["a": [.reply(409, "7\n")]])
        let relay = bench.relay()
        await relay.start()
        #expect(await bench.kept.next(1) == ["a 10"])
        #expect(await bench.sent == ["a 0-10", "a 7-10"])
        await relay.finish(within: .seconds(2))
    }

    @Test(
        "once one witness contradicts the ledger, no head goes to any other, not even at the end",
        arguments: [(409, "11\n", "ledger-rolled-back"), (422, "", "ledger-forked")])
    func contradiction(status: Int, body: String, code: String) async throws {
        let bench = try RelayBench("a", "b", answers: ["a": [.reply(status, body)], "b": [.down]])
        await bench.isCosigned(by: "a", upTo: 5)
        await bench.isCosigned(by: "b", upTo: 10)
        let relay = bench.relay()
        await relay.start()
        var notice = ""
        for await text in bench.notices where text.contains("LEDGER FAULT") {
            notice = text
            break
        }
        #expect(notice.hasPrefix("LEDGER FAULT: witness a: it cosigned "))
        #expect(bench.contradiction.error?.code.rawValue == code)
        await bench.sign(30)
        relay.wake()
        await relay.finish(within: .seconds(2))
        #expect(await !bench.sent.contains { $0.hasSuffix("-30") })
    }
}
