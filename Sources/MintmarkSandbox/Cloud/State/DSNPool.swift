// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The DSNs that nobody reserved yet: ranges of running numbers, one per model. No number is ever used twice.
struct DSNPool: Sendable {
    static let limit = 1_000_000_000

    private var free: [String: Range<Int>] = [:]
    private var used: [Range<Int>] = []
    private var next: Int

    init(firstNumber: Int) { next = firstNumber }

    /// `AC000W` and nine digits.
    static func dsn(_ number: Int) throws(MintmarkError) -> DSN {
        let digits = String(number)
        return try DSN("AC000W" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits)
    }

    func count(model: String) -> Int { free[model]?.count ?? 0 }

    /// Replaces what is free of this model by `count` new numbers, from `first` or after the highest one used.
    ///
    /// - Throws: `.badInput` when a number was used before or does not fit nine digits.
    mutating func fill(model: String, count: Int, from first: Int?) throws(MintmarkError) {
        let start = first ?? next
        guard start >= 0, (0...Self.limit).contains(count), start <= Self.limit - count else {
            throw MintmarkError(
                .badInput, "\(count) DSNs from number \(start) do not fit nine digits", next: "Ask for fewer.")
        }
        let range = start..<start + count
        guard !used.contains(where: { $0.overlaps(range) }) else {
            throw MintmarkError(
                .badInput, "DSNs from number \(start) on are in use", next: "Leave the first number out.")
        }
        free[model] = range
        used.append(range)
        next = max(next, range.upperBound)
    }

    /// Takes `count` numbers, lowest first; nil when there are not so many.
    mutating func take(_ count: Int, model: String) -> Range<Int>? {
        guard let range = free[model], range.count >= count else { return nil }
        free[model] = range.dropFirst(count)
        return range.prefix(count)
    }
}
