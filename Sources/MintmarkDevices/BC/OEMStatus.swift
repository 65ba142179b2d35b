// SPDX-License-Identifier: Apache-2.0

/// The reply to `oem`: id, model and whether a key is stored. That it is set does not tell that it is right.
struct OEMStatus: Equatable {
    let id: String
    let model: String
    let isKeySet: Bool

    /// Nil when one of the three lines is missing or spoiled.
    init?(_ lines: [String]) {
        guard let id = Self.quoted("oem", lines), let model = Self.quoted("oem_model", lines),
            let key = lines.first(where: { $0.hasPrefix("oem_key: ") })
        else { return nil }
        switch key {
        case "oem_key: (is set)": isKeySet = true
        case "oem_key: (not set)": isKeySet = false
        default: return nil
        }
        (self.id, self.model) = (id, model)
    }

    private static func quoted(_ name: String, _ lines: [String]) -> String? {
        guard let line = lines.first(where: { $0.hasPrefix("\(name): \"") }), line.hasSuffix("\"") else { return nil }
        return String(line.dropFirst(name.count + 3).dropLast())
    }
}
