// SPDX-License-Identifier: Apache-2.0

/// When bytes arrive at the far end of a serial line: 10 bits a byte, one after the other. A value.
struct WirePacing: Sendable, Equatable {
    struct Piece: Sendable, Equatable {
        /// Microseconds: the last of its bytes has arrived.
        let due: Int64
        let count: Int
    }

    /// A USB adapter hands over what came in once a millisecond, so nothing is gained by finer steps.
    static let chunkTime: Int64 = 1_000

    /// Bits per second; nil is a line without delay.
    let baud: Int?
    private var freeAt: Int64 = 0

    init(baud: Int?) { self.baud = baud }

    /// The pieces in which `count` bytes, handed over at `now`, arrive behind those still on the line.
    mutating func schedule(count: Int, at now: Int64) -> [Piece] {
        guard let baud, count > 0 else { return count > 0 ? [Piece(due: now, count: count)] : [] }
        let start = max(now, freeAt)
        func arrival(of bytes: Int) -> Int64 { start + Int64(bytes) * 10_000_000 / Int64(baud) }
        let step = max(1, Int(Int64(baud) * Self.chunkTime / 10_000_000))
        let pieces = stride(from: 0, to: count, by: step).map { sent in
            let end = min(count, sent + step)
            return Piece(due: arrival(of: end), count: end - sent)
        }
        freeAt = arrival(of: count)
        return pieces
    }
}
