// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A cloud account: one company.
package struct CloudTenant: Sendable {
    /// Vendor-set: what the company makes. Only a module manufacturer may grant the role of that name.
    package enum Kind: String, Sendable, CaseIterable {
        case moduleManufacturer = "Module Manufacturer"
        case deviceManufacturer = "Managed Module Device Manufacturer"
        case gatewayManufacturer = "Linux Gateway Manufacturer"
    }

    package let oemID: String
    package let oemSecret: SharedSecret
    package let kind: Kind
    /// The attribute `module_manufacturer`: without it nobody of the company may call manufacture.
    package let isModuleManufacturer: Bool

    package init(oemID: String, oemSecret: SharedSecret, kind: Kind, isModuleManufacturer: Bool) {
        self.oemID = oemID
        self.oemSecret = oemSecret
        self.kind = kind
        self.isModuleManufacturer = isModuleManufacturer
    }
}
