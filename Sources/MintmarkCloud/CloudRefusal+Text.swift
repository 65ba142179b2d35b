// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudRefusal {
    /// `422 AFS-601 …`
    var text: String { [String(status), code, message].compactMap(\.self).joined(separator: " ") }
}
