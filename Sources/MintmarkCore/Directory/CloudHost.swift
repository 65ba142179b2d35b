// SPDX-License-Identifier: Apache-2.0

/// One row of the service directory: a host, what it serves, and where that is written.
package struct CloudHost: Sendable, Hashable {
    package enum Scheme: String, Sendable { case https, wss }

    /// Who connects to a Datastream host: servers of a company, or apps of end users.
    package enum Client: String, Sendable { case cloud, mobile }

    package enum Source: Sendable, Hashable {
        /// Ayla developer guide (2019-09), the one list of hosts the vendor stands by.
        case guide
        /// Another document, by its name.
        case other(String)
    }

    package let service: CloudService
    /// Nil where the source names no environment.
    package let environment: CloudEnvironment?
    package let scheme: Scheme
    /// Datastream only.
    package let client: Client?
    package let name: String
    package let source: Source

    init(
        _ service: CloudService, _ environment: CloudEnvironment?, _ name: String, _ scheme: Scheme = .https,
        client: Client? = nil, from source: Source = .guide
    ) {
        self.service = service
        self.environment = environment
        self.scheme = scheme
        self.client = client
        self.name = name
        self.source = source
    }

    /// A host that the guide does not name is never connected to, unless a station file names it.
    package var isEnabled: Bool { source == .guide }

    /// Base URL without a trailing slash. Datastream's WebSocket is at `/stream` (vendor's sample collector).
    package var url: String { "\(scheme.rawValue)://\(name)\(scheme == .wss ? "/stream" : "")" }

    package var json: JSONObject {
        [
            "client": .text(client?.rawValue), "deployment": .text(environment?.deployment.rawValue),
            "enabled": .bool(isEnabled), "host": .string(name), "region": .text(environment?.region.rawValue),
            "service": .string(service.rawValue), "source": .string(source.title), "url": .string(url),
        ]
    }
}

extension CloudHost.Source {
    package var title: String {
        switch self {
        case .guide: "Ayla developer guide (2019-09)"
        case .other(let document): document
        }
    }
}
