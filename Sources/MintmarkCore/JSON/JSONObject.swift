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

    /// Where a member of this name belongs; nil when one is there.
    func vacancy(for name: String) -> Int? {
        let index = position(of: name)
        return index < members.count && members[index].name == name ? nil : index
    }

    /// Adds a member at its `vacancy`.
    mutating func insert(_ value: JSONValue, _ name: String, at vacancy: Int) {
        members.insert((name, value), at: vacancy)
    }

    /// Where `name` stands or would stand; filling in order is O(1).
    private func position(of name: String) -> Int {
        guard let last = members.indices.last, !precedes(last, name) else { return members.count }
        var (low, high) = (0, last)
        while low < high {
            let middle = (low + high) / 2
            if precedes(middle, name) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func precedes(_ index: Int, _ name: String) -> Bool {
        members[index].name.utf8.lexicographicallyPrecedes(name.utf8)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// A member whose value is nil is left out.
    package init(dictionaryLiteral members: (String, JSONValue?)...) {
        self.init()
        for (name, value) in members { self[name] = value }
    }
}
