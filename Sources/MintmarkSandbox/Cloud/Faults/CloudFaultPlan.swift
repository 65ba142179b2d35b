// SPDX-License-Identifier: Apache-2.0

/// The faults that wait to happen, in the order in which they were injected. The seed decides every chance.
struct CloudFaultPlan: Sendable {
    /// A fault, and how many requests of its route came since.
    private var waiting: [(fault: CloudFault, seen: Int)]
    private var random: ModuleRandom

    init(_ faults: [CloudFault], seed: UInt64) {
        waiting = faults.map { ($0, 0) }
        random = ModuleRandom(seed: seed)
    }

    var faults: [CloudFault] { waiting.map(\.fault) }

    mutating func inject(_ fault: CloudFault) { waiting.append((fault, 0)) }

    mutating func clear() { waiting = [] }

    /// The first fault that strikes this request. One whose number has come is used up, also behind another.
    mutating func draw(_ route: CloudRoute) -> CloudFault? {
        var struck: CloudFault?
        for index in waiting.indices where waiting[index].fault.concerns(route) {
            waiting[index].seen += 1
            let strikes =
                switch waiting[index].fault.moment {
                case .number(let number): waiting[index].seen == number
                case .always: true
                case .chance(let percent): Int.random(in: 0..<100, using: &random) < percent
                }
            if strikes, struck == nil { struck = waiting[index].fault }
        }
        waiting.removeAll { waiting in
            if case .number(let number) = waiting.fault.moment { waiting.seen >= number } else { false }
        }
        return struck
    }

    /// Milliseconds that the fault lets a request wait before it is carried out, and its answer afterwards.
    mutating func delays(_ fault: CloudFault?) -> (before: Int, after: Int) {
        switch fault?.kind {
        case .slow(let time): (time, 0)
        case .late(let time): (0, time)
        case .slowWithin(let range): (Int.random(in: range, using: &random), 0)
        case .lateWithin(let range): (0, Int.random(in: range, using: &random))
        case .slowTail(let tail): (tail.draw(using: &random), 0)
        case .lateTail(let tail): (0, tail.draw(using: &random))
        case .expire, .code, .status, .redirect, .dropBeforeCommit, .dropAfterCommit, .halfOpen, .duplicate,
            .truncated, .oversized, .html, .wrongContentType, nil:
            (0, 0)
        }
    }
}
