// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

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

    private static func pad(_ number: Int) -> String {
        Hex.encode([
            UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 8),
            UInt8(truncatingIfNeeded: number),
        ])
    }
}
