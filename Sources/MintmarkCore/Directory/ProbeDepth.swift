// SPDX-License-Identifier: Apache-2.0

/// How far a try to reach a host goes; each includes those before it.
package enum ProbeDepth: Sendable {
    /// Its name is known to DNS.
    case name
    /// It takes a TCP connection.
    case connection
    /// It shows a certificate that is trusted.
    case tls
}
