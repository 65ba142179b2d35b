// SPDX-License-Identifier: Apache-2.0

/// Something a module does at a time of its own: bytes on its wire, or an event that the bench brings about.
struct ModuleOutput: Sendable, Equatable {
    enum Event: Sendable, Equatable {
        case unplug
        /// The module restarts by itself.
        case restart
        /// A log line that no command caused.
        case noise
        /// The module's request reaches the cloud, if the bench has one.
        case connect(ModuleConnection, boot: Int)
        /// What came of it.
        case answered(ModuleConnection.Answer, boot: Int)
    }

    /// Microseconds of the bench's clock.
    let due: Int64
    /// Empty with an event.
    var bytes: [UInt8] = []
    var event: Event?
}
