// SPDX-License-Identifier: Apache-2.0

/// An instant of the monotonic clock by which something must have happened. There is no "for ever".
package typealias Deadline = ContinuousClock.Instant

/// The bytes of one device's wire. One caller at a time.
package protocol SerialPort: Sendable {
    /// Hands all bytes to the port.
    ///
    /// - Throws: `.portLost` when the device is gone, `.deviceSilent` at the deadline, `CancellationError`.
    func send(_ bytes: [UInt8], by deadline: Deadline) async throws

    /// What has arrived since the last call: at least one byte, in order, nothing dropped.
    ///
    /// - Throws: as `send`; `.portLost` again on every later call.
    func receive(by deadline: Deadline) async throws -> [UInt8]

    /// Gives the port back with the settings it was found with. Safe to call twice.
    func close() async
}
