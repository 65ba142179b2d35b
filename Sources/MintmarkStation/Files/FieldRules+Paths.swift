// SPDX-License-Identifier: Apache-2.0

/// Addresses, ports and credentials.
extension FieldRules {
    /// Line speeds that Linux has a name for.
    private static let bauds = [
        1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200, 230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000,
        1_152_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000,
    ]
    static let baud = "a standard baud rate, as 9600 or 115200"

    static func isBaud(_ text: String) -> Bool { bauds.contains { String($0) == text } }

    /// A scheme, a host and perhaps a port; no user, path or query. One slash may end it.
    static func isBaseURL(_ text: String) -> Bool {
        text.hasPrefix("https://") && isAuthority((text.hasSuffix("/") ? text.dropLast() : text[...]).dropFirst(8))
    }

    /// As a base URL, or with the scheme of a WebSocket.
    static func isStreamURL(_ text: String) -> Bool {
        isBaseURL(text) || text.hasPrefix("wss://") && isBaseURL("https" + text.dropFirst(3))
    }

    static let witnessURL = "https://HOST[:PORT][/PATH], or http:// with 127.0.0.1 or [::1]"

    /// TLS everywhere but on this machine: what is sent there is signed, but the answers' sizes are not.
    static func isWitnessURL(_ text: String) -> Bool {
        if text.wholeMatch(of: /http:\/\/(?:127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]{1,5})?\/?/) != nil { return true }
        guard text.hasPrefix("https://") else { return false }
        let parts = text.dropFirst(8).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let isPath = parts.count < 2 || parts[1].wholeMatch(of: /[A-Za-z0-9._~\/-]*/) != nil
        return parts.first.map(isAuthority) == true && isPath
    }

    static func isProxy(_ text: String) -> Bool {
        text.hasPrefix("http://") && isAuthority(text.dropFirst(7)) && text.dropFirst(7).contains(":")
    }

    static func isCredential(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && !text.contains("/") && text != ".." && text != "."
    }

    /// `BUS-PORT[.PORT…]:CONFIGURATION.INTERFACE`
    static func isUSBPath(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]{1,3}-[0-9]{1,3}(?:\.[0-9]{1,3}){0,6}:[0-9]{1,3}\.[0-9]{1,3}/) != nil
    }

    private static func isAuthority(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let host = parts.first, !host.isEmpty else { return false }
        let isHost = host.utf8.allSatisfy {
            isDigit($0) || (97...122).contains($0) || (65...90).contains($0) || $0 == 45 || $0 == 46
        }
        return isHost && (parts.count == 1 || isPortNumber(parts[1]))
    }

    private static func isPortNumber(_ text: Substring) -> Bool {
        text.utf8.allSatisfy(isDigit) && Int(text).map { (1...65535).contains($0) } ?? false
    }
}
