// SPDX-License-Identifier: Apache-2.0

/// Lets so many through at once. Virtual units answer in milliseconds only while the machine is not swamped by them.
package actor Gate {
    /// For dialogs with virtual units.
    package static let dialogs = Gate(width: 6)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(width: Int) { free = width }

    package func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    package func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
