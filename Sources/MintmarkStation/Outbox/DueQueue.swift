// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Items that wait for a time, the earliest first: a binary heap.
struct DueQueue<Element: Sendable>: Sendable {
    private var heap: [(due: Deadline, element: Element)] = []

    var count: Int { heap.count }
    /// When the first of them is due.
    var earliest: Deadline? { heap.first?.due }

    mutating func add(_ element: Element, due: Deadline) {
        heap.append((due, element))
        raise(heap.count - 1)
    }

    /// The first, if it is due.
    mutating func take(at now: Deadline) -> Element? {
        guard let first = heap.first, first.due <= now else { return nil }
        return remove(at: 0)
    }

    /// Of those that are due the one with the least of something. Looks at all of them.
    mutating func take<Measure: Comparable>(at now: Deadline, least measure: (Element) -> Measure) -> Element? {
        let due = heap.indices.filter { heap[$0].due <= now }
        let least = due.min { left, right in
            let (first, second) = (measure(heap[left].element), measure(heap[right].element))
            return first == second ? heap[left].due < heap[right].due : first < second
        }
        return least.map { remove(at: $0) }
    }

    private mutating func remove(at index: Int) -> Element {
        heap.swapAt(index, heap.count - 1)
        let removed = heap.removeLast().element
        if index < heap.count {
            raise(index)
            sink(index)
        }
        return removed
    }

    private mutating func raise(_ index: Int) {
        var child = index
        while child > 0, heap[child].due < heap[(child - 1) / 2].due {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink(_ index: Int) {
        var parent = index
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter {
                $0 < heap.count && heap[$0].due < heap[parent].due
            }
            guard let least = children.min(by: { heap[$0].due < heap[$1].due }) else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
