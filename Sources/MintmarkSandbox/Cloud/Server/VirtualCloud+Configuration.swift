// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

extension VirtualCloud {
    package struct Configuration: Sendable {
        /// A loopback address.
        package var host = "127.0.0.1"
        /// 0: any free port.
        package var port = 0
        /// Where `ca.pem`, `user-NAME.json` and `oem-secret` are written; nil: nowhere. It must exist.
        package var folder: String?
        /// Only dev deployments are imitated.
        package var environment = CloudEnvironment(region: .us, deployment: .dev)
        package var seed: CloudSeed
        package var switches = CloudSwitches()
        package var faults: [CloudFault] = []
        /// Number of the first DSN, and how many each model's pool holds.
        package var firstNumber = 900_000_001
        package var poolSize = 10_000
        /// Decides tokens and the chances of faults.
        package var random: UInt64
        /// Seconds since 1970, for tokens and locks.
        package var clock: @Sendable () -> Int64 = systemTime

        /// Everything follows from `random`; without it each start has other tokens and secrets.
        package init(random: UInt64 = .random(in: 0 ... .max), seed: CloudSeed? = nil) {
            self.random = random
            self.seed = seed ?? .standard(random: random &+ 1)
        }

        static let systemTime: @Sendable () -> Int64 = { Int64(time(nil)) }

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
