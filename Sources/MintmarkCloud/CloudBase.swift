// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Base URL of a service. Always https.
struct CloudBase: Sendable {
    /// Without a trailing slash.
    let url: String
    /// `host` or `host:port`, for messages.
    let host: String

    /// - Throws: `.badStationFile` when the text is anything but `https://host[:port][/path]`.
    init(_ text: String) throws(MintmarkError) {
        var rest = text[...]
        while rest.hasSuffix("/") { rest.removeLast() }
        let scheme = "https://"
        let host = rest.dropFirst(scheme.count).prefix { $0 != "/" }
        let isPlain = rest.utf8.allSatisfy { (33...126).contains($0) } && !rest.contains { "@?#\\\"".contains($0) }
        guard rest.lowercased().hasPrefix(scheme), isPlain, !host.isEmpty else {
            throw MintmarkError(
                .badStationFile, "\"\(text.prefix(80))\" is no address of a cloud service",
                next: "Write it as https://HOST or https://HOST:PORT; anything but https is refused.")
        }
        url = String(rest)
        self.host = String(host)
    }
}
