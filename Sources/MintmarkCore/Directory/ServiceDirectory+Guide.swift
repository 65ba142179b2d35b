// SPDX-License-Identifier: Apache-2.0

extension ServiceDirectory {
    /// Source: Ayla developer guide (2019-09), the tables under "Regions". nil is an empty cell there.
    static let guide: [CloudHost] = [
        rows(
            .application, cn: ("application.ayla.com.cn", "app-field.ayla.com.cn"),
            eu: "app-field-eu.aylanetworks.com", us: ("application.aylanetworks.com", "app-field.aylanetworks.com")),
        rows(
            .dashboardPortal, cn: ("dashboard-dev.ayla.com.cn", "dashboard.ayla.com.cn"),
            eu: "dashboard-field-eu.aylanetworks.com",
            us: ("dashboard-dev.aylanetworks.com", "dashboard.aylanetworks.com")),
        rows(
            .datastream, .wss, client: .cloud, cn: ("stream.ayla.com.cn", "stream-field.ayla.com.cn"),
            eu: "stream-field-eu.aylanetworks.com", us: ("stream.aylanetworks.com", "stream-field.aylanetworks.com")),
        rows(
            .datastream, .https, client: .cloud, cn: ("stream.ayla.com.cn", "stream-field.ayla.com.cn"),
            eu: "stream-field-eu.aylanetworks.com", us: ("stream.aylanetworks.com", "stream-field.aylanetworks.com")),
        rows(
            .datastream, .https, client: .mobile, cn: ("mdss-dev.ayla.com.cn", "mdss-field.ayla.com.cn"),
            eu: "mdss-field-eu.aylanetworks.com", us: ("mdss-dev.aylanetworks.com", "mdss-field.aylanetworks.com")),
        rows(
            .datastream, .wss, client: .mobile, cn: ("mstream-dev.ayla.com.cn", "mstream-field.ayla.com.cn"),
            eu: "mstream-field-eu.aylanetworks.com",
            us: ("mstream-dev.aylanetworks.com", "mstream-field.aylanetworks.com")),
        rows(
            .developerPortal, cn: ("developer.ayla.com.cn", nil), eu: nil, us: ("developer.aylanetworks.com", nil)),
        rows(
            .device, cn: ("ads-dev.ayla.com.cn", "ads-field.ayla.com.cn"), eu: "ads-field-eu.aylanetworks.com",
            us: ("ads-dev.aylanetworks.com", "ads-field.aylanetworks.com")),
        rows(
            .factoryProxy, cn: ("api-dev.ayla.com.cn", "api-field.ayla.com.cn"), eu: "api-field-eu.aylanetworks.com",
            us: ("api-dev.aylanetworks.com", "api-field.aylanetworks.com")),
        rows(
            .image, cn: ("ais.ayla.com.cn", "ais-field.ayla.com.cn"), eu: "ais-field-eu.aylanetworks.com",
            us: ("ais.aylanetworks.com", "ais-field.aylanetworks.com")),
        rows(
            .log, cn: ("log.ayla.com.cn", "log-field.ayla.com.cn"), eu: "log-field-eu.aylanetworks.com",
            us: ("log.aylanetworks.com", "log-field.aylanetworks.com")),
        rows(
            .notification, cn: ("ans.ayla.com.cn", "ans-field.ayla.com.cn"), eu: "ans-field-eu.aylanetworks.com",
            us: ("ans.aylanetworks.com", "ans-field.aylanetworks.com")),
        rows(.rules, cn: (nil, nil), eu: nil, us: ("rulesservice-dev.aylanetworks.com", nil)),
        rows(
            .user, cn: ("user-dev.ayla.com.cn", "user-field.ayla.com.cn"), eu: "user-field-eu.aylanetworks.com",
            us: ("user-dev.aylanetworks.com", "user-field.aylanetworks.com")),
        rows(
            .zigbee, cn: ("zigbee.ayla.com.cn", "zigbee-field.ayla.com.cn"), eu: "zigbee-field-eu.aylanetworks.com",
            us: ("zigbee.aylanetworks.com", "zigbee-field.aylanetworks.com")),
    ].flatMap(\.self)

    /// One service in the five environments: dev and field of cn, field of eu, dev and field of us.
    private static func rows(
        _ service: CloudService, _ scheme: CloudHost.Scheme = .https, client: CloudHost.Client? = nil,
        cn: (String?, String?), eu: String?, us: (String?, String?)
    ) -> [CloudHost] {
        zip(CloudEnvironment.all, [cn.0, cn.1, eu, us.0, us.1]).compactMap { environment, name in
            name.map { CloudHost(service, environment, $0, scheme, client: client) }
        }
    }
}
