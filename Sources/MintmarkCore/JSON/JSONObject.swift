// SPDX-License-Identifier: Apache-2.0

/// Members of a JSON object, always in the order of their names' bytes, each name once.
package struct JSONObject: Sendable, Equatable {
    package private(set) var members: [(name: String, value: JSONValue)] = []

    package init() {}

    /// Setting nil leaves the member out: absent is omitted, never null.
    package subscript(name: String) -> JSONValue? {
        get {
            let index = position(of: name)
            return index < members.count && members[index].name == name ? members[index].value : nil
        }
        set {
            let index = position(of: name)
            let present = index < members.count && members[index].name == name
            switch (newValue, present) {
            case (let value?, true): members[index].value = value
            case (let value?, false): members.insert((name, value), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
    }

    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { $0.name == $1.name && $0.value == $1.value }
    }

    /// Where `name` stands or would stand. Objects here have a score of members at most; filling in order is O(1).
    private func position(of name: String) -> Int {
        var index = members.count
        while index > 0, !(members[index - 1].name.utf8.lexicographicallyPrecedes(name.utf8)) { index -= 1 }
        return index
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// A member whose value is nil is left out.
    package init(dictionaryLiteral members: (String, JSONValue?)...) {
        self.init()
        for (name, value) in members { self[name] = value }
    }
}
