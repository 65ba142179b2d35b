// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// An RSA-2048 pair for every DSN, made of two known primes by the DSN's number; after 1,128 DSNs pairs repeat.
struct SandboxKeys: Sendable {
    private let primes = SandboxPrimes.all.compactMap { Hex.decode($0) }

    func pair(number: Int) throws(MintmarkError) -> RSAPrivateKey {
        let count = primes.count
        let index = number % (count * (count - 1) / 2)
        // The index-th of all unordered pairs.
        var (first, rest) = (0, index)
        while rest >= count - 1 - first {
            rest -= count - 1 - first
            first += 1
        }
        return try RSAPrivateKey(primes: primes[first], primes[first + 1 + rest])
    }
}
