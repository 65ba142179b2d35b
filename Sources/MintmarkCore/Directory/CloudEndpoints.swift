// SPDX-License-Identifier: Apache-2.0

/// Base URLs of the services a station talks to, without a trailing slash.
package struct CloudEndpoints: Sendable, Equatable {
    package var user: String
    package var factoryProxy: String
    /// Nil where nobody named it; no client of the Device Service is made then.
    package var device: String?
    /// Nil unless somebody named it: Datastream is optional, and needs an app and an access rule of its own.
    package var datastream: String?

    package init(user: String, factoryProxy: String, device: String? = nil, datastream: String? = nil) {
        self.user = user
        self.factoryProxy = factoryProxy
        self.device = device
        self.datastream = datastream
    }

    /// The vendor's hosts by the service directory. There is no eu/dev environment: nil.
    package init?(_ environment: CloudEnvironment) {
        guard let user = ServiceDirectory.host(.user, in: environment),
            let factoryProxy = ServiceDirectory.host(.factoryProxy, in: environment)
        else { return nil }
        self.init(
            user: user.url, factoryProxy: factoryProxy.url,
            device: ServiceDirectory.host(.device, in: environment)?.url)
    }

    /// Where this station finds a service, if it is one that a station file can name.
    package func url(of service: CloudService) -> String? {
        switch service {
        case .user: user
        case .factoryProxy: factoryProxy
        case .device: device
        case .datastream: datastream
        default: nil
        }
    }
}
