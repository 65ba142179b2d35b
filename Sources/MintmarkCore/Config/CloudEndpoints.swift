// SPDX-License-Identifier: Apache-2.0

/// Base URLs of the services a station talks to, without a trailing slash.
package struct CloudEndpoints: Sendable, Equatable {
    package var user: String
    package var factoryProxy: String

    package init(user: String, factoryProxy: String) {
        self.user = user
        self.factoryProxy = factoryProxy
    }

    /// The vendor's hosts. There is no eu/dev environment: nil.
    ///
    /// Source: Ayla developer guide, "Service URLs" (2019-09).
    package init?(_ environment: CloudEnvironment) {
        switch (environment.region, environment.deployment) {
        case (.us, .dev):
            self.init(user: "https://user-dev.aylanetworks.com", factoryProxy: "https://api-dev.aylanetworks.com")
        case (.us, .field):
            self.init(user: "https://user-field.aylanetworks.com", factoryProxy: "https://api-field.aylanetworks.com")
        case (.cn, .dev): self.init(user: "https://user-dev.ayla.com.cn", factoryProxy: "https://api-dev.ayla.com.cn")
        case (.cn, .field):
            self.init(user: "https://user-field.ayla.com.cn", factoryProxy: "https://api-field.ayla.com.cn")
        case (.eu, .field):
            self.init(
                user: "https://user-field-eu.aylanetworks.com", factoryProxy: "https://api-field-eu.aylanetworks.com")
        case (.eu, .dev): return nil
        }
    }
}
