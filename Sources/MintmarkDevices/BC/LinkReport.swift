// SPDX-License-Identifier: Apache-2.0

/// How far a unit came on its way to the cloud, told by its log lines.
///
/// Source: the embedded agent's log texts of the modules wifi and client.
enum LinkReport: Equatable {
    /// The cloud took the OEM data, or the session is up.
    case connected
    /// The unit got no further than this.
    case failed(String)
    /// The cloud did not take the unit's OEM data, or the unit has none.
    case refused(String)

    /// Nil for a line that decides nothing.
    init?(_ log: LogLine) {
        switch log.module {
        case "client":
            if log.text == "listen enabled" || ["OEM info put OK", "OEM info put not needed"].contains(log.text) {
                self = .connected
            } else if log.text.hasPrefix("OEM info put failed") || log.text == "template_version is not set"
                || log.text.hasPrefix("OEM ") && log.text.hasSuffix(" not set")
            {
                self = .refused(log.text)
            } else {
                return nil
            }
        case "wifi":
            guard log.text.hasPrefix("timeout: ") || log.text.hasPrefix("Wi-Fi connect to ") else { return nil }
            self = .failed(log.text)
        default: return nil
        }
    }
}
