// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

/// An invented RSA-2048 public key, PKCS#1, as base64.
let samplePKCS1 =
    "MIIBCgKCAQEAt7h350JDzp0w0pH3aHRtsGLl3Rrb3PzKFkTQNBid5XAmTmDU+igK"
    + "IHcVXhh7nRCI4YWmAOT2Zx88VaNcGKPRrgXV8rEFeSbmv82QO3pdqsY3TnvKqRda"
    + "SEIqpoISTEy0e1VV61EEXMC+XNcsuUHgTloOz4XUTtyVJOplWKJ0mdKXCdlVsW4x"
    + "3RhK7286T4E2efGuSppfyb6AI8VpfLoqYbEABSqftiuHq6i4YbngPIL3CI6IHD2U"
    + "jQzkwVkHexCLbS56oVvNiIIyYL1+5c12bvBa+WXMlCWnOZQeeeb1AoUVG91v81nN" + "Wpz9ySM5IZNibs3UkhvlnCFEUoSKQTk+CwIDAQAB"

/// The primes of a throw-away key made with `openssl genrsa 2048`, and its public key as openssl wrote it.
let samplePrimes = (
    "eff2a367c7e7a79c35b18e803cbcca07381aa0d633d754c6baf21a914725784f69783e6bacc03af1402e7800bac1a3bfe7536bee85dbdd"
        + "d5eec2f20926451da0945a371f2353101248a7d66bc0c80cb4a14de472769e17a6b785fd242e1650501e87885bccb91cb444e5a357f"
        + "051b6e4299f9f6c2162c75396526c01321f86d9",
    "c262e88d625679b85b26aac7474d14ec623d40d97ef729ec3dd805d37abb759bddd7ac2228839a4e438ad35e4623d92abd84372b9ff47c"
        + "26e523361fdb87a1b9ff91c3ce1c8614ca29fd9e0292e89efed5a0c7968da4620187b50db9dc9324f8f6513d2f2ce6cdbf96e7a151f"
        + "791b6f54c56380426fb8a71669d3ca07e85df0f"
)
let samplePrivateKeyPublicHalf = """
    -----BEGIN RSA PUBLIC KEY-----
    MIIBCgKCAQEAtjKUr5weESyvbtHkjTrVMup9tj0jYmv6wa+COo1NFdmwbP7JifMS
    Vcq0Ytx8id8dV1aT/q6sTgWbKa0AQyBBT8CZPqTH1pceAV8Ycu5haN+q+keOaYEb
    QSByawtIOuC6LCWwi5tTd4FjjOho770wUQ5KS4zeddNNJIKQy95zWQYkISmzEDYf
    ltp5TjBbyR377yg0FecvHinVeUKyW4uE/zGcuhYKeATwBysch0f8KSs5B2CsKjvD
    OII1Eap45YCGZ6X7M+jsoXOdiYCp6MX8+aypYMugD5u9CJE6QjQb8oqgInR+5Jjy
    PaCtvT3VVpt7Woxpwzm7vSoumBEbQwzttwIDAQAB
    -----END RSA PUBLIC KEY-----

    """

func hex(_ text: String) throws -> [UInt8] { try #require(Hex.decode(text)) }

func secret(_ bytes: [UInt8]) -> SharedSecret {
    SharedSecret(Secret(count: bytes.count) { $0.copyBytes(from: bytes) })
}

func bytes(of secret: consuming Secret) -> [UInt8] { secret.withBytes { Array($0) } }
