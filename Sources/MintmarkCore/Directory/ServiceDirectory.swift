// SPDX-License-Identifier: Apache-2.0

/// Every host of the cloud that a document names. Hosts follow no pattern, so they stand here one by one.
package enum ServiceDirectory {
    /// The guide's hosts in the order of its tables, then those outside of it.
    package static let hosts = guide + outside

    /// The guide's host of a service; nil where its table has an empty cell.
    package static func host(
        _ service: CloudService, _ scheme: CloudHost.Scheme = .https, client: CloudHost.Client? = nil,
        in environment: CloudEnvironment
    ) -> CloudHost? {
        guide.first {
            $0.service == service && $0.scheme == scheme && $0.client == client && $0.environment == environment
        }
    }

    /// What is known of a host name, in any case of letters; several rows where one host serves several.
    package static func rows(named name: String) -> [CloudHost] {
        let name = name.lowercased()
        return hosts.filter { $0.name == name }
    }

    /// One host of each service that a checkup asks: the guide's, with what Datastream splits by client and scheme.
    package static func distinct(in environment: CloudEnvironment) -> [CloudHost] {
        var seen = Set<String>()
        return guide.filter { $0.environment == environment && seen.insert($0.name).inserted }
    }

    /// What makes the names irregular, and what has no row.
    package static let irregularities = [
        "cn has the domain `ayla.com.cn`; us and eu share `aylanetworks.com`. Only eu has a suffix, `-eu`.",
        "There is no eu dev deployment.",
        "In dev, application, stream, ais, log, ans, zigbee and developer have no `-dev`; the others have.",
        "Application is `application` in dev and `app-field` in the field.",
        "The Dashboard of the field is plain `dashboard` in cn and us, and `dashboard-field-eu` in eu.",
        "Datastream for mobile clients has one host for REST (`mdss`) and one for WebSocket (`mstream`); for cloud"
            + " clients both are `stream`. The WebSocket is at `/stream`.",
        "Rules has a host in us dev only, the Developer Portal in dev only.",
        "The Factory Proxy Service is called Ayla Factory Service in its own specification; its hosts begin with `api`."
            + " All of them front one back end: a DSN that one reserved is known to all.",
        "In the field a product's units may look for `OEM-MODEL-OEM-ID-device.DOMAIN`, a name that the vendor makes for"
            + " each product; it is in no list.",
    ]
}
