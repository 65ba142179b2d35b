// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

extension VirtualCloud {
    package struct Configuration: Sendable {
        /// A loopback address.
        package var host = "127.0.0.1"
        /// 0: any free port.
        package var port = 0
        /// Where `ca.pem`, `user-NAME.json`, `oem-secret` and `spool-key` are written; nil: nowhere. It must exist.
        package var folder: String?
        /// Only dev deployments are imitated.
        package var environment = CloudEnvironment(region: .us, deployment: .dev)
        package var accounts: CloudAccounts
        /// What the server shows; anything but a good one must keep every client away.
        package var certificate = Certificate.good
        /// What the Device Service makes twins from.
        package var templates: [CloudTemplate] = []
        package var switches = CloudSwitches()
        package var faults: [CloudFault] = []
        /// Number of the first DSN, and how many each model's pool holds.
        package var firstNumber = 900_000_001
        package var poolSize = 10_000
        /// Decides the chances of faults.
        package var seed: UInt64 = 1
        /// Decides tokens and request ids.
        package let random: UInt64
        /// Between two heartbeats of a stream.
        package var heartbeat = Duration.seconds(30)
        /// Seconds since 1970, for tokens and locks.
        package var clock: @Sendable () -> Int64 = systemTime

        /// Tokens and the standard accounts' secrets follow from `random`; without it each start has others.
        package init(random: UInt64 = .random(in: 0 ... .max), accounts: CloudAccounts? = nil) {
            self.random = random
            self.accounts = accounts ?? .standard(random: random &+ 1)
        }

        static let systemTime: @Sendable () -> Int64 = { Int64(time(nil)) }

        package enum Certificate: String, Sendable, CaseIterable {
            case good, expired
            case otherHost = "other-host"
            /// Of an authority that `ca.pem` does not hold.
            case otherAuthority = "other-authority"
            /// One that vouches for itself.
            case selfSigned = "self-signed"
            /// A good one, over TLS 1.1 at most (deprecated by RFC 8996).
            case oldTLS = "old-tls"
        }

        /// - Throws: `.sandboxMixUp` for a field deployment or an address that others can reach.
        func check() throws(MintmarkError) {
            guard environment.deployment == .dev else {
                throw MintmarkError(
                    .sandboxMixUp, "a sandbox cannot stand for \(environment)", next: "Use a dev deployment.")
            }
            let octets = host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
            guard host == "::1" || octets.count == 4 && octets[0] == 127 else {
                throw MintmarkError(
                    .sandboxMixUp, "the virtual cloud does not listen on \"\(host.prefix(60))\"",
                    next: "Use a loopback address, such as 127.0.0.1.")
            }
        }
    }
}
