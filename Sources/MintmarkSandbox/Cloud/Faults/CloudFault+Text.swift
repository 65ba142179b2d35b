// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// `NAME[@ROUTE][#N]` or `NAME[@ROUTE]%PERCENT`: `drop-after-commit@provision#2` strikes the second provision,
/// without `#N` the first, with `#0` all of them.
extension CloudFault: CustomStringConvertible {
    /// Each form of a name, and a name of that form.
    static let names: [(form: String, sample: String)] = [
        ("expire", "expire"), ("AFS-600 to AFS-608", "AFS-600"), ("status-CODE", "status-503"),
        ("status-CODE-RETRYAFTER", "status-503-1"), ("redirect", "redirect"), ("slow-MILLISECONDS", "slow-1"),
        ("late-MILLISECONDS", "late-1"), ("slow-LEAST-MOST", "slow-1-2"), ("late-LEAST-MOST", "late-1-2"),
        ("slow-tail-MEDIAN-P99", "slow-tail-1-2"), ("late-tail-MEDIAN-P99", "late-tail-1-2"),
        ("drop-before-commit", "drop-before-commit"), ("drop-after-commit", "drop-after-commit"),
        ("half-open", "half-open"), ("duplicate", "duplicate"), ("truncated", "truncated"),
        ("oversized", "oversized"), ("oversized-BYTES", "oversized-1"), ("html", "html"),
        ("wrong-content-type", "wrong-content-type"),
    ]

    package static let forms = names.map(\.form)

    /// Those that can strike the opening of a stream.
    package static let streamForms = names.filter { kind($0.sample[...])?.strikesStreams == true }.map(\.form)

    package var description: String {
        let place = name + (route.map { "@\($0.rawValue)" } ?? "")
        return switch moment {
        case .number(let number): "\(place)#\(number)"
        case .always: "\(place)#0"
        case .chance(let percent): "\(place)%\(percent)"
        }
    }

    /// - Throws: `.badInput` with the list of names and routes.
    package init(text: String) throws(MintmarkError) {
        var rest = text[...]
        let percent = try Self.number(Self.cut("%", &rest), 0...100, text)
        let number = try Self.number(Self.cut("#", &rest), 0...1_000_000_000, text)
        var route: CloudRoute?
        if let name = Self.cut("@", &rest) {
            guard let known = CloudRoute(rawValue: name) else { throw Self.wrong(text) }
            route = known
        }
        guard let kind = Self.kind(rest), number == nil || percent == nil else { throw Self.wrong(text) }
        guard route != .stream || kind.strikesStreams else {
            throw MintmarkError(
                .badInput, "\"\(text.prefix(60))\" cannot strike the opening of a stream",
                next: "Write one of \(Self.streamForms.joined(separator: ", ")) with @stream.")
        }
        let moment: Moment = percent.map { .chance($0) } ?? (number == 0 ? .always : .number(number ?? 1))
        self.init(kind, at: route, moment)
    }

    private var name: String {
        switch kind {
        case .expire: "expire"
        case .code(let code): code
        case .status(let status, let retryAfter): "status-\(status)" + (retryAfter.map { "-\($0)" } ?? "")
        case .redirect: "redirect"
        case .slow(let time): "slow-\(time)"
        case .late(let time): "late-\(time)"
        case .slowWithin(let range): "slow-\(range.lowerBound)-\(range.upperBound)"
        case .lateWithin(let range): "late-\(range.lowerBound)-\(range.upperBound)"
        case .slowTail(let tail): "slow-tail-\(tail.median)-\(tail.p99)"
        case .lateTail(let tail): "late-tail-\(tail.median)-\(tail.p99)"
        case .dropBeforeCommit: "drop-before-commit"
        case .dropAfterCommit: "drop-after-commit"
        case .halfOpen: "half-open"
        case .duplicate: "duplicate"
        case .truncated: "truncated"
        case .oversized(let size): "oversized-\(size)"
        case .html: "html"
        case .wrongContentType: "wrong-content-type"
        }
    }

    private static func kind(_ name: Substring) -> Kind? {
        switch name {
        case "expire": return .expire
        case "redirect": return .redirect
        case "drop-before-commit": return .dropBeforeCommit
        case "drop-after-commit": return .dropAfterCommit
        case "half-open": return .halfOpen
        case "duplicate": return .duplicate
        case "truncated": return .truncated
        case "oversized": return .oversized(8 << 20)
        case "html": return .html
        case "wrong-content-type": return .wrongContentType
        default: break
        }
        if FactoryError.samples.contains(where: { $0.code == name }) { return .code(String(name)) }
        var parts = name.split(separator: "-", omittingEmptySubsequences: false)
        let hasTail = parts.count == 4 && parts[1] == "tail"
        if hasTail { parts.remove(at: 1) }
        let numbers = parts.dropFirst().compactMap { Int($0) }
        guard numbers.count == parts.count - 1, numbers.allSatisfy({ (0...1 << 30).contains($0) }) else { return nil }
        if hasTail {
            guard let tail = LatencyTail(median: numbers[0], p99: numbers[1]) else { return nil }
            return parts[0] == "slow" ? .slowTail(tail) : parts[0] == "late" ? .lateTail(tail) : nil
        }
        switch (parts[0], numbers.count) {
        case ("slow", 1): return .slow(numbers[0])
        case ("late", 1): return .late(numbers[0])
        case ("slow", 2) where numbers[0] <= numbers[1]: return .slowWithin(numbers[0]...numbers[1])
        case ("late", 2) where numbers[0] <= numbers[1]: return .lateWithin(numbers[0]...numbers[1])
        case ("oversized", 1): return .oversized(numbers[0])
        case ("status", 1...2) where (400...599).contains(numbers[0]):
            let retryAfter = numbers.count == 2 ? numbers[1] : numbers[0] == 429 ? 1 : nil
            return .status(numbers[0], retryAfter: retryAfter)
        default: return nil
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
        guard let number = Int(digits), range.contains(number) else { throw wrong(text) }
        return number
    }

    private static func wrong(_ text: String) -> MintmarkError {
        let routes = CloudRoute.allCases.map(\.rawValue).joined(separator: ", ")
        return MintmarkError(
            .badInput, "\"\(text.prefix(60))\" is no fault of the virtual cloud",
            next:
                "Write NAME@ROUTE#N or NAME@ROUTE%PERCENT with a name of \(forms.joined(separator: ", ")) and a route "
                + "of \(routes).")
    }
}
