// SPDX-License-Identifier: Apache-2.0

/// The calls of the Factory Proxy Service, each with its own list of roles.
package enum FactoryCall: String, Sendable, CaseIterable {
    case reserve, manufacture, provision, search
}

extension Registration.Call {
    package var factoryCall: FactoryCall {
        switch self {
        case .manufacture: .manufacture
        case .provision: .provision
        }
    }
}
