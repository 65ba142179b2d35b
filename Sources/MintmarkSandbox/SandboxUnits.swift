// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

/// Units as a sandbox begins with them.
package enum SandboxUnits {
    /// Blank modules in manufacturing mode, each with a MAC address and hardware signature of its own.
    package static func blank(count: Int, seed: UInt64 = 1) -> [ModuleOptions] {
        (1...count).map { number in
            var options = ModuleOptions(
                mac: "0210f4" + pad(0xA7C310 + number), hwsig: "3f2a9001-47315112-30" + pad(0x343200 + number))
            options.seed = seed &+ UInt64(number)
            return options
        }
    }

    /// Modules in setup mode as a module maker delivers them, with DSNs that no cloud knows.
    package static func labelled(count: Int, seed: UInt64 = 1) throws(MintmarkError) -> [ModuleOptions] {
        var units = blank(count: count, seed: seed)
        for index in units.indices {
            let key = try SandboxKeyPair(number: index).publicKey()
            units[index].startMode = .setup
            units[index].label = ModuleOptions.Label(
                dsn: "AC000W7\(10_000_001 + index)", model: "AY001MTP1", mfgModel: "WD-201",
                mfgSerial: "wd-\(100_001 + index)", keyFile: Base64.encode(key.pkcs1))
        }
        return units
    }

    private static func pad(_ number: Int) -> String {
        Hex.encode([
            UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 8),
            UInt8(truncatingIfNeeded: number),
        ])
    }
}
