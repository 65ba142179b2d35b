// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// The key that opens setup mode on a unit of the ESP32 agent to which none was given.
///
/// Source: the command line of Ayla's embedded agent (ayla-esp32-solution), `setup_mode`.
package enum DefaultSetupKey {
    /// Base64 of SHA-1 over app secret, OEM id and OEM model, one behind the other: 28 characters.
    package static func make(
        appSecret: SharedSecret, oemID: String, oemModel: String
    ) throws(MintmarkError) -> SharedSecret {
        let length = appSecret.count
        let names = Array((oemID + oemModel).utf8)
        let text = appSecret.withBytes { secret in
            Secret(count: length + names.count) { buffer in
                buffer.copyMemory(from: secret)
                names.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(rebasing: buffer[length...]).copyMemory(from: $0)
                }
            }
        }
        let digest = try Secret(count: 20) { (output) throws(MintmarkError) in
            let answer = text.withBytes { bytes in
                EVP_Q_digest(nil, "SHA1", nil, bytes.baseAddress, bytes.count, output.baseAddress, nil)
            }
            try done(answer, "hash with SHA-1")
        }
        // libcrypto ends the text with a zero byte.
        let encoded = digest.withBytes { bytes in
            Secret(count: 29) { output in
                EVP_EncodeBlock(
                    output.bindMemory(to: UInt8.self).baseAddress, bytes.bindMemory(to: UInt8.self).baseAddress,
                    Int32(bytes.count))
            }
        }
        return encoded.withBytes { SharedSecret(Secret(copying: UnsafeRawBufferPointer(rebasing: $0.dropLast()))) }
    }
}
