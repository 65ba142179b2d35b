// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import MintmarkSandbox

@Suite("The pace of a serial line")
struct WirePacingTests {
    @Test(
        "byte i of a burst is there (i + 1) x 10 bits after it left", arguments: [9600, 115_200, 921_600],
        [1, 11, 12, 300])
    func due(baud: Int, count: Int) {
        var wire = WirePacing(baud: baud)
        var arrived = 0
        for piece in wire.schedule(count: count, at: 500) {
            arrived += piece.count
            #expect(piece.due == 500 + Int64(arrived) * 10_000_000 / Int64(baud))
        }
        #expect(arrived == count)
    }

    @Test("pieces are what an adapter hands over each millisecond")
    func pieces() {
        var wire = WirePacing(baud: 115_200)
        #expect(wire.schedule(count: 25, at: 0).map(\.count) == [11, 11, 3])
    }

    @Test("a burst waits for the one before it, and a free line does not")
    func queue() {
        var wire = WirePacing(baud: 10_000)
        #expect(wire.schedule(count: 2, at: 0).last?.due == 2_000)
        #expect(wire.schedule(count: 1, at: 500).last?.due == 3_000)
        #expect(wire.schedule(count: 1, at: 9_000).last?.due == 10_000)
    }

    @Test("a line without a pace hands over at once, and nothing is no piece")
    func unpaced() {
        var wire = WirePacing(baud: nil)
        #expect(wire.schedule(count: 4096, at: 7) == [WirePacing.Piece(due: 7, count: 4096)])
        #expect(wire.schedule(count: 0, at: 7) == [])
        var paced = WirePacing(baud: 9600)
        #expect(paced.schedule(count: 0, at: 7) == [])
    }
}
