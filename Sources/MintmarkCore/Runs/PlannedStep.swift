// SPDX-License-Identifier: Apache-2.0

/// One step of a plan. `deadline` counts from the start of the step.
package struct PlannedStep: Sendable, Equatable {
    /// What a step does to the unit that no later step can undo.
    package enum Writes: String, Sendable {
        case nothing
        /// A DSN or a key file.
        case identity
        /// An OEM secret.
        case secret
        /// Makes earlier writes permanent.
        case saved
    }

    package let name: String
    package let deadline: Duration
    package let writes: Writes
    /// Before it the ledger is asked whether this unit may go on, as before a step that writes.
    package let needsLeave: Bool

    package init(_ name: String, deadline: Duration, writes: Writes = .nothing, needsLeave: Bool = false) {
        self.name = name
        self.deadline = deadline
        self.writes = writes
        self.needsLeave = needsLeave || writes != .nothing
    }
}
