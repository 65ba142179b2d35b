// SPDX-License-Identifier: Apache-2.0

extension ServiceDirectory {
    /// Hosts that the guide does not name. They are off: listed, and connected to by nothing of ours.
    static let outside: [CloudHost] = [
        // The sixth of the specification's hosts; the other five agree with the guide.
        CloudHost(
            .factoryProxy, CloudEnvironment(region: .eu, deployment: .dev), "api-dev-eu.aylanetworks.com",
            from: .other("Ayla Factory Service API specification v2.2, 1.10")),
        CloudHost(
            .factoryProxy, nil, "api-staging.ayladev.com",
            from: .other("Ayla Factory Service API specification v2.2, 3; the vendor's own staging")),
        CloudHost(
            .rules, CloudEnvironment(region: .cn, deployment: .dev), "rulesservice-dev.ayla.com.cn", from: browser),
        CloudHost(
            .rules, CloudEnvironment(region: .cn, deployment: .field), "rulesservice-field.ayla.com.cn", from: browser),
        CloudHost(
            .rules, CloudEnvironment(region: .eu, deployment: .field), "rulesservice-field-eu.aylanetworks.com",
            from: browser),
        CloudHost(
            .rules, CloudEnvironment(region: .us, deployment: .field), "rulesservice-field.aylanetworks.com",
            from: browser),
        CloudHost(
            .rules, nil, "rulesservice.aylanetworks.com",
            from: .other("Ayla Rules Service API specification (2018-11)")),
        CloudHost(
            .commandCenter, CloudEnvironment(region: .us, deployment: .dev), "icc-dev.aylanetworks.com", from: browser),
        CloudHost(
            .commandCenter, CloudEnvironment(region: .us, deployment: .field), "icc-field.aylanetworks.com",
            from: browser),
        // As it is written there; maybe a slip of the pen.
        CloudHost(
            .message, CloudEnvironment(region: .us, deployment: .dev), "ams-usdv.aylanetworks.com", from: browser),
        CloudHost(.user, nil, "user.aylanetworks.com", from: .other("Ayla single sign-on (2018-05), 4")),
        // Several public clients use it where the guide has ads-field-eu.
        CloudHost(
            .device, CloudEnvironment(region: .eu, deployment: .field), "ads-eu.aylanetworks.com",
            from: .other("public clients of third parties")),
    ]

    private static let browser = CloudHost.Source.other("Ayla API browser (api-browser-008.js)")
}
