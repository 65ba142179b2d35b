// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A fault of the virtual cloud. Written `NAME`, `NAME@ROUTE`, `NAME@ROUTE#N` or, by chance, `NAME@ROUTE%PERCENT`.
package struct CloudFault: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Answers with this HTTP status; nothing is changed.
        case status(Int)
        /// Answers 422 with this code; nothing is changed.
        case code(String)
        /// Every access token ends first.
        case expire
        /// Answers after so many milliseconds.
        case slow(Int)
        /// Closes the connection without an answer; nothing is changed.
        case dropBefore
        /// Closes the connection without an answer, after everything was changed.
        case dropAfter
        /// Half of the answer, then the end.
        case truncated
        /// Two megabytes of answer.
        case oversized
        case html
        case redirect
    }

    package enum Route: String, Sendable, CaseIterable {
        case any
        case signIn = "sign-in"
        case refresh, reserve, manufacture, provision, search
    }

    package var kind: Kind
    package var route: Route
    /// Strikes at this occurrence, counted from 1; 0 is every one.
    package var occurrence: Int
    /// Strikes so often in a hundred, instead of at an occurrence.
    package var percent: Int?

    package init(_ kind: Kind, at route: Route = .any, occurrence: Int = 1, percent: Int? = nil) {
        self.kind = kind
        self.route = route
        self.occurrence = occurrence
        self.percent = percent
    }

    package static let forms = [
        "status-CODE", "AFS-CODE", "expire", "slow-MILLISECONDS", "drop-before-commit", "drop-after-commit",
        "truncated",
        "oversized", "html", "redirect",
    ]

    /// - Throws: `.badInput` with the list of names and routes.
    package init(text: String) throws(MintmarkError) {
        let refusal = MintmarkError(
            .badInput, "\"\(text.prefix(40))\" is no fault of the cloud",
            next:
                "Write NAME@ROUTE#N with a name of \(Self.forms.joined(separator: ", ")) and a route of \(Route.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        let byChance = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        let byNumber = byChance[0].split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let names = byNumber[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = names.first.flatMap({ Self.kind(String($0)) }) else { throw refusal }
        var route = Route.any
        if names.count == 2 {
            guard let named = Route(rawValue: String(names[1])) else { throw refusal }
            route = named
        }
        let (occurrence, percent) = (
            byNumber.count == 2 ? Int(byNumber[1]) : 1, byChance.count == 2 ? Int(byChance[1]) : nil
        )
        guard let occurrence, occurrence >= 0, byChance.count == 1 || percent.map({ (0...100).contains($0) }) ?? false
        else {
            throw refusal
        }
        self.init(kind, at: route, occurrence: occurrence, percent: percent)
    }

    private static func kind(_ name: String) -> Kind? {
        switch name {
        case "expire": return .expire
        case "drop-before-commit": return .dropBefore
        case "drop-after-commit": return .dropAfter
        case "truncated": return .truncated
        case "oversized": return .oversized
        case "html": return .html
        case "redirect": return .redirect
        default: break
        }
        if name.hasPrefix("status-") { return Int(name.dropFirst(7)).map { .status($0) } }
        if name.hasPrefix("slow-") { return Int(name.dropFirst(5)).map { .slow($0) } }
        return name.hasPrefix("AFS-") ? .code(name) : nil
    }
}
