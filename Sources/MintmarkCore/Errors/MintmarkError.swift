// SPDX-License-Identifier: Apache-2.0

/// What happened, to which unit or slot, and what to do next.
///
/// Leaf functions throw it typed; slot and DSN are added once, by the runner. The text never holds a secret:
/// bytes that came from a device are quoted and cut by whoever builds the message.
package struct MintmarkError: Error, Sendable, Equatable, CustomStringConvertible {
    package let code: Code
    /// One sentence without a full stop.
    package let what: String
    /// The next action, as an order to the reader.
    package let next: String
    /// `errno` of the failed call, where there was one.
    package let errno: Int32?
    /// The manufacturing log's `err_code` (field 5), where the field has a number for this failure.
    package var errCode: Int?
    package var slot: String?
    package var dsn: DSN?
    /// How long the cloud asked to be left alone.
    package var retryAfter: Duration?

    package init(_ code: Code, _ what: String, next: String, errno: Int32? = nil, errCode: Int? = nil) {
        self.code = code
        self.what = what
        self.next = next
        self.errno = errno
        self.errCode = errCode
    }

    /// `slot A1 unit AC000W000000001: no answer to show id [device-silent, 52]`, then `next: …`.
    package var description: String { "\(summary)\nnext: \(next)" }

    /// The first line of `description`.
    package var summary: String {
        let place = [slot.map { "slot \($0)" }, dsn.map { "unit \($0)" }].compactMap(\.self).joined(separator: " ")
        let number = errCode.map { ", \($0)" } ?? ""
        return (place.isEmpty ? "" : place + ": ") + "\(what) [\(code.rawValue)\(number)]"
    }

    /// The same error, said of this slot and, once known, this unit.
    package func at(slot: String?, dsn: DSN? = nil) -> MintmarkError {
        var error = self
        error.slot = self.slot ?? slot
        error.dsn = self.dsn ?? dsn
        return error
    }
}
