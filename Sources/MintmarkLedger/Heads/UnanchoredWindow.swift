// SPDX-License-Identifier: Apache-2.0

/// How much of the log's end stands on the station's own word alone.
package struct UnanchoredWindow: Sendable, Equatable {
    /// Entries in the log.
    package let entries: Int64
    /// Entries under the newest signed head, and under the newest cosigned one.
    package let signed: Int64
    package let witnessed: Int64
    /// Age of the first entry behind each, in seconds; 0 when there is none.
    package let unsignedSeconds: Int64
    package let unwitnessedSeconds: Int64

    /// Age of the newest signed head, in seconds; nil when none was signed.
    package let headSeconds: Int64?

    package var unsigned: Int64 { entries - signed }
    package var unwitnessed: Int64 { entries - witnessed }
}
