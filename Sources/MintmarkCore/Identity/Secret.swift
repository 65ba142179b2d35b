// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Key bytes. Printing, interpolating, dumping, mirroring, storing in `Any` or copying does not compile.
package struct Secret: ~Copyable, Sendable {
    private nonisolated(unsafe) let bytes: UnsafeMutableRawBufferPointer

    /// Allocates `count` bytes and lets `fill` write them in place; they are wiped also when `fill` throws.
    package init<E: Error>(
        count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(E) -> Void
    ) throws(E) {
        bytes = .allocate(byteCount: count, alignment: 16)
        try fill(bytes)
    }

    /// Copies `source`; wiping the source is the caller's duty.
    package init(copying source: UnsafeRawBufferPointer) {
        self.init(count: source.count) { $0.copyMemory(from: source) }
    }

    deinit {
        if let base = bytes.baseAddress { explicit_bzero(base, bytes.count) }
        bytes.deallocate()
    }

    package var count: Int { bytes.count }

    /// The only way to the bytes. The pointer must not outlive `body`.
    package borrowing func withBytes<R: ~Copyable, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try body(UnsafeRawBufferPointer(bytes))
    }
}
