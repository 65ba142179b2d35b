// SPDX-License-Identifier: Apache-2.0

/// Something a module does at a time of its own: bytes on its wire, or the pulling of its cable.
struct ModuleOutput: Sendable, Equatable {
    enum Act: Sendable, Equatable {
        case bytes([UInt8])
        case unplug
    }

    /// Microseconds of the bench's clock.
    let due: Int64
    let act: Act
}
