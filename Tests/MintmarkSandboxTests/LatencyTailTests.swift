// SPDX-License-Identifier: Apache-2.0
import MintmarkSandbox
import TestSupport
import Testing

@Suite("LatencyTail")
struct LatencyTailTests {
    @Test("half of the times are below the median and 99 of 100 below p99, and the longest are far longer")
    func shape() throws {
        let tail = try #require(LatencyTail(median: 200, p99: 4000))
        var random = SplitMix64(seed: 11)
        let times = (0..<20_000).map { _ in tail.draw(using: &random) }.sorted()
        #expect((190...210).contains(times[10_000]))
        #expect((3600...4400).contains(times[19_800]))
        #expect(times[19_999] > 8000 && times[0] < 50 && times[19_999] <= LatencyTail.limit)
    }

    @Test("a tail that is none is refused", arguments: [(0, 10), (10, 9), (1, 600_001), (-5, 5)])
    func refused(median: Int, p99: Int) { #expect(LatencyTail(median: median, p99: p99) == nil) }

    @Test("the fault is written as it is read", arguments: ["slow-tail-200-4000@provision#0", "late-tail-5-5%30"])
    func text(text: String) throws { #expect(try CloudFault(text: text).description == text) }

    @Test(
        "what looks like the fault and is none is refused",
        arguments: ["slow-tail-200", "slow-tail-9-8", "status-tail-400-500", "slow-tail-0-8", "slow-tail-1-600001"])
    func noFault(text: String) { #expect(throws: (any Error).self) { try CloudFault(text: text) } }
}
