// SPDX-License-Identifier: Apache-2.0

/// The faults that wait to happen, in the order in which they were injected. The seed decides every chance.
struct CloudFaultPlan: Sendable {
    private(set) var faults: [CloudFault] = []
    private var random: CloudRandom

    init(_ faults: [CloudFault], seed: UInt64) {
        self.faults = faults
        random = CloudRandom(seed: seed)
    }

    mutating func inject(_ fault: CloudFault) { faults.append(fault) }

    mutating func clear() { faults = [] }

    /// The first fault that hits this request; one with a count is used up by it.
    mutating func draw(_ route: CloudRoute) -> CloudFault? {
        for index in faults.indices where faults[index].route == nil || faults[index].route == route {
            let fault = faults[index]
            guard fault.percent == 100 || Int.random(in: 0..<100, using: &random) < fault.percent else { continue }
            if let count = fault.count {
                if count > 1 { faults[index].count = count - 1 } else { faults.remove(at: index) }
            }
            return fault
        }
        return nil
    }
}
