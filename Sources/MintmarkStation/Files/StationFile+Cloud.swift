// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension StationFile {
    package static let cloudKeys = ["region", "deployment", "endpoints", "ca-file", "proxy"]
    package static let endpointKeys = ["user", "factory-proxy", "device", "datastream"]

    /// A rehearsal: the cloud is a program on this machine, so it has this machine's clock, right or wrong.
    package var hasCloudsClock: Bool {
        environment.deployment != .field
            && kind.services.allSatisfy { service in
                endpoints.url(of: service).flatMap { CloudAddress(url: $0) }?.isLoopback ?? false
            }
    }

    /// The `cloud` part of a station file.
    struct CloudPart {
        let environment: CloudEnvironment
        let endpoints: CloudEndpoints
        let caFile: String?
        let proxy: String?
        let regionPlace: ConfigPlace

        /// Those whose keys are in `endpointKeys`.
        private static let services = endpointKeys.compactMap { CloudService(rawValue: $0) }

        /// Nil after a problem was reported.
        init?(_ map: ConfigMap, folder: String) {
            let region = map.choice("region", CloudEnvironment.Region.self)
            let deployment = map.choice("deployment", CloudEnvironment.Deployment.self)
            var given: [CloudService: String] = [:]
            let urls = map.optional("endpoints").map { map.reader.map($0, "the endpoints", keys: endpointKeys) }
            if let urls {
                for service in Self.services {
                    let scheme = service == .datastream ? "wss" : "https"
                    given[service] = urls.optionalText(
                        service.rawValue, "\(scheme)://HOST or \(scheme)://HOST:PORT",
                        where: service == .datastream ? FieldRules.isStreamURL : FieldRules.isBaseURL)
                }
                // Its calls before the stream go to the same host with https.
                if let stream = given[.datastream], stream.hasPrefix("wss") {
                    given[.datastream] = "https" + stream.dropFirst(3)
                }
            }
            caFile = map.optionalText("ca-file", "the path of a PEM file").map { absolute($0, folder) }
            proxy = map.optionalText("proxy", "http://HOST:PORT", where: FieldRules.isProxy)
            guard let region, let deployment else { return nil }
            environment = CloudEnvironment(region: region, deployment: deployment)
            regionPlace = map.optional("region")?.place ?? map.place
            guard var endpoints = CloudEndpoints(environment) else {
                map.reader.report(
                    regionPlace, found: "\(environment)", expected: "us/dev, us/field, cn/dev, cn/field or eu/field")
                return nil
            }
            if let urls {
                for service in Self.services { Self.check(urls, service, given[service], environment) }
            }
            endpoints.user = Self.base(given[.user]) ?? endpoints.user
            endpoints.factoryProxy = Self.base(given[.factoryProxy]) ?? endpoints.factoryProxy
            endpoints.device = Self.base(given[.device]) ?? endpoints.device
            endpoints.datastream = Self.base(given[.datastream])
            self.endpoints = endpoints
        }

        /// A host of the vendor must be this service's, of this environment: a rehearsal must not reach the field, nor
        /// a batch of real units go to dev.
        private static func check(
            _ urls: ConfigMap, _ service: CloudService, _ url: String?, _ environment: CloudEnvironment
        ) {
            guard let node = urls.optional(service.rawValue), let url,
                let name = CloudAddress(url: url)?.host
            else { return }
            let known = ServiceDirectory.rows(named: name)
            let fits = known.contains { $0.service == service && ($0.environment ?? environment) == environment }
            guard let other = known.first, !fits else { return }
            urls.reader.report(
                node.place,
                found:
                    "\(name), the host of \(other.service.title) in \(other.environment?.description ?? "no environment")",
                expected: "a host of \(service.title) in \(environment)")
        }

        /// Without the slash that may end it.
        private static func base(_ url: String?) -> String? {
            url.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        }
    }
}
