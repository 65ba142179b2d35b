// SPDX-License-Identifier: Apache-2.0

extension ModuleRandom {
    /// 32 lower-case hexadecimal digits: tokens and request ids. The same seed gives the same ones, so no real secret.
    mutating func hex() -> String {
        [next(), next()].map { number in
            let text = String(number as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
