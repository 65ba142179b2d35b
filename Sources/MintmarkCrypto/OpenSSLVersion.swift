// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// The linked OpenSSL, as `major.minor.patch`.
package func linkedOpenSSLVersion() -> String {
    let v = OpenSSL_version_num()
    return "\(v >> 28).\((v >> 20) & 0xFF).\((v >> 4) & 0xFF)"
}
