// SPDX-License-Identifier: Apache-2.0

/// Region and deployment of a cloud account: each pair has its own hosts, users and devices.
package struct CloudEnvironment: Hashable, Sendable, CustomStringConvertible {
    package enum Region: String, Sendable, CaseIterable { case us, cn, eu }
    package enum Deployment: String, Sendable, CaseIterable { case dev, field }

    package let region: Region
    package let deployment: Deployment

    package init(region: Region, deployment: Deployment) {
        self.region = region
        self.deployment = deployment
    }

    package var description: String { "\(region.rawValue)/\(deployment.rawValue)" }
}
