// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// A JSON document of another's making: numbers of any form and truth values are kept as their text.
enum LooseJSON: Sendable, Equatable {
    case null
    case text(String)
    case array([LooseJSON])
    case object([String: LooseJSON])

    /// Nil unless `bytes` is one whole JSON document.
    init?(bytes: [UInt8]) {
        guard let document = try? JSONDecoder().decode(LooseJSON.self, from: Data(bytes)) else { return nil }
        self = document
    }

    subscript(name: String) -> LooseJSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    /// A whole number, written as one or as text.
    var integer: Int64? { text.flatMap { Int64($0) } }
    /// A truth value, written as one, as 0 or 1, or as text.
    var flag: Bool? {
        switch text {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }
    var array: [LooseJSON]? { if case .array(let items) = self { items } else { nil } }
}

extension LooseJSON: Decodable {
    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: AnyName.self) {
            var object: [String: LooseJSON] = [:]
            for name in members.allKeys { object[name.stringValue] = try members.decode(LooseJSON.self, forKey: name) }
            self = .object(object)
        } else if var items = try? decoder.unkeyedContainer() {
            var array: [LooseJSON] = []
            while !items.isAtEnd { array.append(try items.decode(LooseJSON.self)) }
            self = .array(array)
        } else {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let flag = try? value.decode(Bool.self) {
                self = .text(String(flag))
            } else if let number = try? value.decode(Int64.self) {
                self = .text(String(number))
            } else {
                self = .text(String(try value.decode(Double.self)))
            }
        }
    }

    private struct AnyName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
