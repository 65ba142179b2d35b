// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudRole {
    /// Position from the highest (0) down.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
