// SPDX-License-Identifier: Apache-2.0

/// A secret that several slots use at once. Prints as `<secret>` however it is printed.
package final class SharedSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private let secret: Secret

    package init(_ secret: consuming Secret) { self.secret = secret }

    package var count: Int { secret.count }
    package var description: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The only way to the bytes. The pointer must not outlive `body`.
    package func withBytes<R: ~Copyable, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try secret.withBytes(body)
    }
}
