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

    /// PKCS#1 and SubjectPublicKeyInfo of the product: one multiplication.
    ///
    /// - Throws: never in practice; `.badInput` if a prime were damaged.
    func publicKey() throws(MintmarkError) -> RSAPublicKey {
        try RSAPublicKey(der: Self.head + Self.product(first, second) + Self.exponent)
    }

    /// The whole pair, for whoever must decrypt.
    func privateKey() throws(MintmarkError) -> RSAPrivateKey { try RSAPrivateKey(primes: first, second) }

    /// `RSAPublicKey` (RFC 8017 A.1.1) up to a modulus of 2048 bits, and what follows it: the exponent 65537.
    private static let head: [UInt8] = [0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01, 0x00]
    private static let exponent: [UInt8] = [0x02, 0x03, 0x01, 0x00, 0x01]

    /// Schoolbook product of two big-endian numbers, in limbs of 32 bits.
    private static func product(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        let (a, b) = (limbs(left), limbs(right))
        var sum = [UInt64](repeating: 0, count: a.count + b.count)
        for i in a.indices {
            var carry: UInt64 = 0
            for j in b.indices {
                let digit = a[i] * b[j] + sum[i + j] + carry
                sum[i + j] = digit & 0xFFFF_FFFF
                carry = digit >> 32
            }
            sum[i + b.count] = carry
        }
        return sum.reversed().flatMap { limb in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: limb >> $0) } }
    }

    /// Least significant first.
    private static func limbs(_ bytes: [UInt8]) -> [UInt64] {
        stride(from: bytes.count - 4, through: 0, by: -4).map { at in
            bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
