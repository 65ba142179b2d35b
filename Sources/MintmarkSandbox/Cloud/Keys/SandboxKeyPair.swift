// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// The RSA-2048 pair of one DSN, told by the DSN's number alone. Pairs repeat after 2016 numbers.
struct SandboxKeyPair: Sendable {
    static let count = SandboxPrimes.count * (SandboxPrimes.count - 1) / 2

    private let first: [UInt8]
    private let second: [UInt8]

    /// `number` is the DSN's running number, not negative. Neighbours share no prime.
    init(number: Int) {
        let primes = SandboxPrimes.bytes
        let index = number % Self.count
        let (start, distance) = (index % primes.count, 1 + index / primes.count)
        first = primes[start]
        second = primes[(start + distance) % primes.count]
    }

    /// - Throws: never in practice; `.badInput` if a prime were damaged.
    func publicKey() throws(MintmarkError) -> RSAPublicKey { try privateKey().publicKey }

    /// The whole pair, for whoever must decrypt.
    func privateKey() throws(MintmarkError) -> RSAPrivateKey { try RSAPrivateKey(primes: first, second) }
}
