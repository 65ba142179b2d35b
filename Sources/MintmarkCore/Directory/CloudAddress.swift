// SPDX-License-Identifier: Apache-2.0

/// Host and port of a base URL.
package struct CloudAddress: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Takes `https://HOST`, `wss://HOST:PORT/PATH` and the like; 443 where no port stands. Nil for anything else.
    package init?(url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        var place = url[scheme.upperBound...].prefix { $0 != "/" }
        var port = 443
        // A colon inside brackets belongs to an IPv6 address.
        if let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") {
            guard let number = UInt16(place[place.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            place = place[..<colon]
        }
        if place.hasPrefix("["), place.hasSuffix("]") { place = place.dropFirst().dropLast() }
        guard !place.isEmpty else { return nil }
        self.init(host: place.lowercased(), port: port)
    }

    /// Whether it is this machine: 127.0.0.0/8, ::1 or `localhost`.
    package var isLoopback: Bool { host == "localhost" || host == "::1" || isIPAddress && host.hasPrefix("127.") }

    /// Whether the host is an address and no name.
    package var isIPAddress: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.contains(":") || parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    /// `HOST:PORT`
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
