// SPDX-License-Identifier: Apache-2.0

/// Mode of a virtual `bc` module; each has its prompt and, but for user mode, a line in the boot banner.
package enum ModuleMode: String, Sendable, CaseIterable {
    case manufacturing = "mfg"
    case setup
    case user

    var prompt: String {
        switch self {
        case .manufacturing: "mfg-> "
        case .setup: "setup-> "
        case .user: "--> "
        }
    }
}
