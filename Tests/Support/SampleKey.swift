// SPDX-License-Identifier: Apache-2.0

/// An invented RSA-2048 public key; nobody has its private half.
package enum SampleKey {
    /// PKCS#1 DER as base64: 360 characters, JAMCRC cf131789.
    package static let pkcs1 =
        "MIIBCgKCAQEAt7h350JDzp0w0pH3aHRtsGLl3Rrb3PzKFkTQNBid5XAmTmDU+igK"
        + "IHcVXhh7nRCI4YWmAOT2Zx88VaNcGKPRrgXV8rEFeSbmv82QO3pdqsY3TnvKqRda"
        + "SEIqpoISTEy0e1VV61EEXMC+XNcsuUHgTloOz4XUTtyVJOplWKJ0mdKXCdlVsW4x"
        + "3RhK7286T4E2efGuSppfyb6AI8VpfLoqYbEABSqftiuHq6i4YbngPIL3CI6IHD2U"
        + "jQzkwVkHexCLbS56oVvNiIIyYL1+5c12bvBa+WXMlCWnOZQeeeb1AoUVG91v81nN"
        + "Wpz9ySM5IZNibs3UkhvlnCFEUoSKQTk+CwIDAQAB"
}
