// SPDX-License-Identifier: Apache-2.0
/// When and how a station reserves DSNs by itself.
package struct PoolRefill: Sendable, Equatable {
    /// Most DSNs of one request: so many at most become unknown when its reply is lost.
    package static let largestBlock = 100

    /// It reserves when fewer DSNs than this are free.
    package var low: Int
    /// DSNs of one request.
    package var block: Int
    /// It never reserves beyond so many free DSNs.
    package var most: Int

    package init(low: Int, block: Int, most: Int) {
        self.low = low
        self.block = block
        self.most = most
    }

    /// How many to ask for now; nil when enough are free.
    package func next(free: Int) -> Int? {
        free < low && free < most ? min(block, most - free) : nil
    }
}
