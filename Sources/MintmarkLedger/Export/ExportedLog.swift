// SPDX-License-Identifier: Apache-2.0

/// A manufacturing log that was written: one file of one cloud region.
package struct ExportedLog: Sendable, Equatable {
    package let region: String
    package let path: String
    package internal(set) var lines = 0
    /// Lines of format 4 that carry a Wi-Fi setup key.
    package internal(set) var setupKeys = 0
}
