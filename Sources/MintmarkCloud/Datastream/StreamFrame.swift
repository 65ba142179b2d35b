// SPDX-License-Identifier: Apache-2.0

/// One text of a stream: `LENGTH|TEXT`, split at the first bar. The length is not relied on: whether it counts bytes or
/// characters is not documented, and WebSocket frames have a length of their own.
enum StreamFrame: Equatable {
    /// `1|Z`; wants a `Z` back.
    case heartbeat
    case connectivity(dsn: String)
    /// Another kind of event, or nothing that can be read.
    case other

    init(_ text: String) {
        guard let bar = text.firstIndex(of: "|") else {
            self = .other
            return
        }
        let content = text[text.index(after: bar)...]
        guard content != "Z" else {
            self = .heartbeat
            return
        }
        let metadata = LooseJSON(bytes: Array(content.utf8))?["metadata"]
        guard metadata?["event_type"]?.text == "connectivity", let dsn = metadata?["dsn"]?.text else {
            self = .other
            return
        }
        self = .connectivity(dsn: dsn)
    }
}
