// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Code and words of an error body, in any of the shapes that the services use.
struct CloudComplaint: Equatable {
    /// `AFS-606` and its like.
    private(set) var code: String?
    /// At most 200 printable characters.
    private(set) var message: String
    /// Nothing was said: an empty body, HTML, or JSON of another shape.
    private(set) var isSilent = false

    init(_ body: [UInt8]) {
        let document = LooseJSON(bytes: body)
        let items = Self.items(document?["error"]) + Self.items(document?["errors"])
        let words = items.compactMap(\.message).filter { !$0.isEmpty }
        code = items.compactMap(\.code).first { $0.utf8.count <= 40 && $0.utf8.allSatisfy { (33...126).contains($0) } }
        message = PrintableText.of(words.joined(separator: "; "), limit: 200)
        if message.isEmpty {
            message = "no reason given"
            isSilent = code == nil
        }
    }

    private typealias Item = (code: String?, message: String?)

    private static func items(_ value: LooseJSON?) -> [Item] {
        switch value {
        case .text(let text): [(nil, text)]
        case .array(let entries): entries.flatMap(items)
        case .object(let members) where members["message"] != nil || members["code"] != nil:
            [(members["code"]?.text, members["message"]?.text)]
        case .object(let members):
            // {"field":["is too short"]}, in the order of the fields' names.
            members.sorted { $0.key < $1.key }.flatMap { field, value in
                items(value).map { (nil, "\(field) \($0.message ?? "")") }
            }
        case .null, .none: []
        }
    }
}
