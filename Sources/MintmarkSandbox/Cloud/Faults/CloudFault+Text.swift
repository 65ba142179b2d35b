// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// `NAME[=VALUE][@ROUTE][%PERCENT][#COUNT]`, as `drop-after-commit@provision#1`, `slow=500`, `status-503%5`.
extension CloudFault: CustomStringConvertible {
    package var description: String {
        name + (route.map { "@\($0.rawValue)" } ?? "") + (percent == 100 ? "" : "%\(percent)")
            + (count.map { "#\($0)" } ?? "")
    }

    /// - Throws: `.badInput`, saying which part is wrong.
    package init(_ text: String) throws(MintmarkError) {
        var rest = text[...]
        let count = try Self.number(Self.cut("#", &rest), 1...1_000_000, text)
        let percent = try Self.number(Self.cut("%", &rest), 1...100, text)
        var route: CloudRoute?
        if let name = Self.cut("@", &rest) {
            guard let known = CloudRoute(rawValue: name) else {
                let names = CloudRoute.allCases.map(\.rawValue).joined(separator: ", ")
                throw Self.wrong(text, next: "Give one of the routes \(names).")
            }
            route = known
        }
        let value = try Self.number(Self.cut("=", &rest), 0...100_000_000, text)
        self.init(try Self.kind(String(rest), value, text), on: route, count: count, percent: percent ?? 100)
    }

    private var name: String {
        switch kind {
        case .expireToken: "expire-token"
        case .factoryError(let code): code.lowercased()
        case .status(let status, let retryAfter): "status-\(status)" + (retryAfter.map { "=\($0)" } ?? "")
        case .slow(let time): "slow=\(time)"
        case .late(let time): "late=\(time)"
        case .dropBeforeCommit: "drop-before-commit"
        case .dropAfterCommit: "drop-after-commit"
        case .truncated: "truncated"
        case .oversized(let size): "oversized=\(size)"
        case .html: "html"
        case .wrongContentType: "wrong-content-type"
        }
    }

    private static func kind(_ name: String, _ value: Int?, _ text: String) throws(MintmarkError) -> Kind {
        if name.hasPrefix("status-"), let status = Int(name.dropFirst(7)), (400...599).contains(status) {
            return .status(status, retryAfter: value ?? (status == 429 ? 1 : nil))
        }
        switch (name, value) {
        case ("slow", let time?): return .slow(time)
        case ("late", let time?): return .late(time)
        case ("oversized", let size): return .oversized(size ?? 8 << 20)
        case ("expire-token", nil): return .expireToken
        case ("drop-before-commit", nil): return .dropBeforeCommit
        case ("drop-after-commit", nil): return .dropAfterCommit
        case ("truncated", nil): return .truncated
        case ("html", nil): return .html
        case ("wrong-content-type", nil): return .wrongContentType
        case (let code, nil) where FactoryError.samples.contains { $0.code.lowercased() == code }:
            return .factoryError(code.uppercased())
        default:
            throw wrong(
                text,
                next: "Give expire-token, afs-600 to afs-608, status-NNN[=RETRY-AFTER], slow=MS, late=MS, "
                    + "drop-before-commit, drop-after-commit, truncated, oversized[=BYTES], html or wrong-content-type.")
        }
    }

    /// Takes off what follows the last `mark`.
    private static func cut(_ mark: Character, _ rest: inout Substring) -> String? {
        guard let at = rest.lastIndex(of: mark) else { return nil }
        defer { rest = rest[..<at] }
        return String(rest[rest.index(after: at)...])
    }

    private static func number(
        _ digits: String?, _ range: ClosedRange<Int>, _ text: String
    ) throws(MintmarkError) -> Int? {
        guard let digits else { return nil }
        guard let number = Int(digits), range.contains(number) else {
            throw wrong(text, next: "Give a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    private static func wrong(_ text: String, next: String) -> MintmarkError {
        MintmarkError(.badInput, "\"\(text.prefix(60))\" is no fault of the virtual cloud", next: next)
    }
}
