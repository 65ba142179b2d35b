// SPDX-License-Identifier: Apache-2.0

/// One thing to look at. All checks run at once, so none may wait for another.
struct DoctorCheck: Sendable {
    enum Work: Sendable {
        /// May block its thread, for ever if the machine is ill: a disk that hangs, a token that does not answer.
        case blocking(@Sendable () -> [DoctorFinding])
        case waiting(@Sendable () async -> [DoctorFinding])
    }

    let name: String
    let work: Work

    init(_ name: String, _ look: @escaping @Sendable () -> DoctorFinding) {
        self.init(name, .blocking { [look()] })
    }

    init(_ name: String, _ work: Work) {
        self.name = name
        self.work = work
    }
}
