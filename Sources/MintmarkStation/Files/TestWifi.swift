// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The network at a `verify` bench that units join for their test. It is never saved on them.
package struct TestWifi: Sendable, Equatable {
    package enum Security: String, Sendable, CaseIterable {
        case none
        case wpa = "WPA"
        case wpa2 = "WPA2_Personal"
    }

    package static let keys = ["ssid", "security"]

    package var ssid: String
    package var security: Security

    /// Nil where the station file needs none, or after a problem was reported.
    static func read(_ root: ConfigMap, kind: StationKind?) -> TestWifi? {
        let what = "a map with ssid and security: the network that units join for their test"
        let node = root.optional("test-wifi")
        guard kind == .verify else {
            if let node, kind != nil {
                root.reader.report(node.place, found: "\"test-wifi\"", expected: "it on verify stations only")
            }
            return nil
        }
        guard let map = root.required("test-wifi", what).map({ root.reader.map($0, "the test network", keys: keys) })
        else { return nil }
        let ssid = map.text("ssid", FieldRules.ssid, where: FieldRules.isSSID)
        guard let security = map.choice("security", Security.self), let ssid else { return nil }
        return TestWifi(ssid: ssid, security: security)
    }
}
