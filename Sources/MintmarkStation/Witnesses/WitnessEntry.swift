// SPDX-License-Identifier: Apache-2.0
package import MintmarkCrypto

/// A witness that a station file names.
package struct WitnessEntry: Sendable, Equatable {
    /// Where `/add-checkpoint` is: `https://…`, or `http://` on this machine.
    package let url: String
    /// Key of its cosignatures.
    package let key: NoteKey
    /// Absolute path of a PEM file trusted instead of the system's roots.
    package let caFile: String?

    package init(url: String, key: NoteKey, caFile: String? = nil) {
        self.url = url
        self.key = key
        self.caFile = caFile
    }
}
