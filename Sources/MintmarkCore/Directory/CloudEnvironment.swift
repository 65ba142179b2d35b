// SPDX-License-Identifier: Apache-2.0

/// Region and deployment of a cloud account: each pair has its own hosts, users, templates and devices.
package struct CloudEnvironment: Hashable, Sendable, CustomStringConvertible {
    package enum Region: String, Sendable, CaseIterable { case us, cn, eu }
    package enum Deployment: String, Sendable, CaseIterable { case dev, field }

    package let region: Region
    package let deployment: Deployment

    package init(region: Region, deployment: Deployment) {
        self.region = region
        self.deployment = deployment
    }

    /// The environments that exist, in the order of the vendor's tables. There is no eu/dev.
    ///
    /// Source: Ayla developer guide (2019-09), "Regions".
    package static let all = [
        CloudEnvironment(region: .cn, deployment: .dev), CloudEnvironment(region: .cn, deployment: .field),
        CloudEnvironment(region: .eu, deployment: .field), CloudEnvironment(region: .us, deployment: .dev),
        CloudEnvironment(region: .us, deployment: .field),
    ]

    package var description: String { "\(region.rawValue)/\(deployment.rawValue)" }
}
