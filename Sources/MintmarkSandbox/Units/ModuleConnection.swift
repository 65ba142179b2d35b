// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a module tells the cloud with its first call.
package struct ModuleConnection: Sendable, Equatable {
    /// What came of the call.
    package enum Answer: Sendable, Equatable {
        /// HTTP status of the cloud's answer.
        case status(Int)
        case noNetwork
        /// There is a network, and no cloud behind it.
        case silence
    }

    package var dsn: String
    /// The connection is a factory's test: it does not activate the unit.
    package var isTest: Bool
    package var oem: String
    package var oemModel: String
    /// 256 bytes; empty while no key is set.
    package var oemKey: [UInt8]
    package var templateVersion: String
    package var mac: String
    package var hwsig: String
    package var softwareVersion: String

    /// Body of the virtual cloud's call `POST /sandbox/devices/{dsn}/connect`.
    package var json: JSONObject {
        [
            "hwsig": .string(hwsig), "mac": .string(mac), "oem": .string(oem),
            "oem_key": .string(Base64.encode(oemKey)), "oem_model": .string(oemModel),
            "sw_version": .string(softwareVersion), "template_version": .string(templateVersion),
            "test": .bool(isTest),
        ]
    }
}
