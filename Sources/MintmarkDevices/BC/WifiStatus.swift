// SPDX-License-Identifier: Apache-2.0

/// The AP profile's row in the reply to `show wifi`: index, network name, security.
struct WifiStatus: Equatable {
    let network: String
    let security: String
    let isEnabled: Bool

    /// Nil when there is no whole row of the AP profile.
    init?(_ lines: [String]) {
        guard let start = lines.firstIndex(where: { $0.hasPrefix("profiles:") }) else { return nil }
        for line in lines[start...] {
            let words = line.split(separator: " ")
            guard words.count >= 2, words[0] == "AP" else { continue }
            // A network's name may be empty or hold blanks, the two columns around it do not.
            let flags = words.reversed().prefix { $0 == "hidden" || $0 == "disabled" }.count
            let end = words.count - flags - 1
            guard end >= 1 else { return nil }
            network = words[1..<end].joined(separator: " ")
            security = String(words[end])
            isEnabled = !words[(end + 1)...].contains("disabled")
            return
        }
        return nil
    }
}
