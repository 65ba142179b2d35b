// SPDX-License-Identifier: Apache-2.0

/// Base URLs of the services a station talks to, without a trailing slash.
package struct CloudEndpoints: Sendable, Equatable {
    package var user: String
    package var factoryProxy: String

    package init(user: String, factoryProxy: String) {
        self.user = user
        self.factoryProxy = factoryProxy
    }

    /// The vendor's hosts by the service directory. There is no eu/dev environment: nil.
    package init?(_ environment: CloudEnvironment) {
        guard let user = ServiceDirectory.host(.user, in: environment),
            let factoryProxy = ServiceDirectory.host(.factoryProxy, in: environment)
        else { return nil }
        self.init(user: user.url, factoryProxy: factoryProxy.url)
    }

    /// Where this station finds a service, if it is one that a station file can name.
    package func url(of service: CloudService) -> String? {
        switch service {
        case .user: user
        case .factoryProxy: factoryProxy
        default: nil
        }
    }
}
