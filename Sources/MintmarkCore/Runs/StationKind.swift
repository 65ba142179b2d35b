// SPDX-License-Identifier: Apache-2.0

/// What a station does to a unit.
package enum StationKind: String, Sendable, CaseIterable {
    /// Module maker: writes DSN, public key file and model into a blank module.
    case label
    /// Device maker: writes OEM id, OEM model, OEM key and Wi-Fi AP into a labelled module.
    case config
    /// Device maker: lets a finished unit connect as a test and compares its digital twin with the template.
    case verify

    /// The registration call that follows a pass; nil when none does.
    package var call: Registration.Call? {
        switch self {
        case .label: .manufacture
        case .config: .provision
        case .verify: nil
        }
    }

    /// The modules it works on.
    package var module: ModuleClass {
        switch self {
        case .label, .config, .verify: .blackBox
        }
    }

    /// The services it cannot work without.
    package var services: [CloudService] {
        switch self {
        case .label, .config: [.user, .factoryProxy]
        case .verify: [.user, .device]
        }
    }

    /// What its lines of the manufacturing log have as status.
    package var statuses: [ManufacturingRecord.Status] {
        switch self {
        case .label: [.label]
        case .config: [.config, .configTest]
        case .verify: [.verify]
        }
    }
}
