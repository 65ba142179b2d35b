// SPDX-License-Identifier: Apache-2.0

/// When bytes arrive at the far end of a serial line: 10 bits a byte, one after the other. A value.
struct WirePacing: Sendable, Equatable {
    /// A USB adapter hands over what came in once a millisecond, so nothing is gained by finer steps.
    static let chunkTime: Int64 = 1_000

    /// Bits per second; nil is a line without delay.
    let baud: Int?
    private var freeAt: Int64 = 0

    init(baud: Int?) { self.baud = baud }

    /// Times at which pieces of `count` bytes handed over at `now` have arrived, each with its number of bytes.
    mutating func schedule(count: Int, at now: Int64) -> [(due: Int64, count: Int)] {
        guard let baud, count > 0 else { return count > 0 ? [(now, count)] : [] }
        let start = max(now, freeAt)
        let bytesPerChunk = max(1, Int(Int64(baud) * Self.chunkTime / 10_000_000))
        var pieces: [(due: Int64, count: Int)] = []
        var sent = 0
        while sent < count {
            sent = min(count, sent + bytesPerChunk)
            let due = start + Int64(sent) * 10_000_000 / Int64(baud)
            pieces.append((due, sent - (pieces.reduce(0) { $0 + $1.count })))
        }
        freeAt = start + Int64(count) * 10_000_000 / Int64(baud)
        return pieces
    }
}
