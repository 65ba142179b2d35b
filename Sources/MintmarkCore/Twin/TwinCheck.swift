// SPDX-License-Identifier: Apache-2.0

/// What a unit's digital twin should be, and how what the cloud shows differs from it. A value: it asks nobody.
///
/// Source: Ayla OEM installation guide, "Verification", and the objects `device` and `property` of the Device Service.
package struct TwinCheck: Sendable, Equatable {
    /// Seconds by which the clocks of station and cloud may differ.
    package static let clockTolerance: Int64 = 300
    /// So many first calls in a row without a connection are a unit that restarts again and again.
    package static let rebootLimit = 3
    private static let connectedWords: Set<String> = ["Online", "PollingOnline"]
    private static let firstCall = "Initializing"

    package var dsn: DSN
    package var oemID: String
    package var oemModel: String
    /// The module's model.
    package var model: String
    /// As read from the unit.
    package var mac: MAC
    package var hwsig: HardwareSignature?
    package var oemHostVersion: String
    /// As the template's property list says.
    package var properties: [TwinProperty]
    /// Seconds since 1970 UTC at which the test connection was asked for, by the station's clock; nil when that clock
    /// cannot be compared with the cloud's.
    package var testStart: Int64?
    /// `connectedAt` as it was before the test: of the same connection it proves nothing.
    package var connectedBefore: String?

    package init(
        dsn: DSN, oemID: String, oemModel: String, model: String, mac: MAC, hwsig: HardwareSignature?,
        oemHostVersion: String, properties: [TwinProperty], testStart: Int64?, connectedBefore: String? = nil
    ) {
        self.dsn = dsn
        self.oemID = oemID
        self.oemModel = oemModel
        self.model = model
        self.mac = mac
        self.hwsig = hwsig
        self.oemHostVersion = oemHostVersion
        self.properties = properties
        self.testStart = testStart
        self.connectedBefore = connectedBefore
    }

    /// Every comparison, causes in front of what follows from them.
    package func findings(_ seen: SeenTwin) -> [TwinFinding] {
        guard let twin = seen.twin else { return [noTwin] }
        return [
            connection(twin), reboots(seen.history), oemSecret(twin),
            same(
                "oem", oemID, twin.oemID,
                "The unit is another company's, or its OEM id was never taken: configure it again."),
            same(
                "oem model", oemModel, twin.oemModel,
                "The unit was configured for another product: check the station file's template."),
            same("model", model, twin.model, "The DSN was reserved for another module model: tell the lead."),
            address(twin), signature(twin), template(seen), hostVersion(seen.properties),
        ] + properties(seen) + [activation(twin), owner(twin)]
    }

    /// The signs of use that a unit shows before its test; none of a new one.
    package func use(_ twin: DeviceTwin) -> [TwinFinding] {
        [activation(twin), owner(twin)].filter { $0.verdict == .differs }
    }

    /// Whether the unit connected in this test.
    package func isConnected(_ twin: DeviceTwin?) -> Bool { twin.map { connection($0).verdict == .good } ?? false }

    /// Whether the unit only begins to connect, again and again.
    package func isRebooting(_ history: [ConnectionEvent]) -> Bool { reboots(history).verdict == .differs }

    private var noTwin: TwinFinding {
        TwinFinding(
            "twin", .differs, expected: dsn.description, shown: "none",
            text: "none; the cloud shows this user no device \(dsn)",
            next: "Check that the unit is registered, and that the station's user belongs to OEM \(oemID).")
    }

    private func connection(_ twin: DeviceTwin) -> TwinFinding {
        let status = Self.shown(twin.connectionStatus)
        let since = Self.shown(twin.connectedAt)
        let (name, expected, shown) = (
            "connection", "Online or PollingOnline, in this test", "\(status) since \(since)"
        )
        guard Self.connectedWords.contains(twin.connectionStatus ?? "") else {
            return TwinFinding(
                name, .differs, expected: expected, shown: shown, text: "\(status), not Online",
                next: "The unit did not reach the cloud: check the test network, then run the unit again.")
        }
        let time = twin.connectedAt.flatMap(Self.seconds)
        guard let time, isInTest(time) ?? true, twin.connectedAt != connectedBefore else {
            return TwinFinding(
                name, .differs, expected: expected, shown: shown,
                text: "\(status) since \(since), which is from before this test",
                next: "The unit did not connect anew: check the test network, then run the unit again.")
        }
        return Self.good(name, expected, shown)
    }

    private func reboots(_ history: [ConnectionEvent]) -> TwinFinding {
        let row = history.prefix { event in
            event.status == Self.firstCall && Self.seconds(event.time).map { isInTest($0) ?? false } ?? true
        }
        let (expected, shown) = ("fewer than \(Self.rebootLimit) first calls in a row", "\(row.count)")
        guard row.count >= Self.rebootLimit else { return Self.good("reboots", expected, shown) }
        return TwinFinding(
            "reboots", .differs, expected: expected, shown: shown,
            text: "\(row.count) times \(Self.firstCall) in a row and never Online",
            next: "The unit restarts again and again: check its power supply, then put it with the bad units.")
    }

    /// Nil when the clocks say nothing about it.
    private func isInTest(_ time: Int64) -> Bool? { testStart.map { time >= $0 - Self.clockTolerance } }

    private func oemSecret(_ twin: DeviceTwin) -> TwinFinding {
        guard let time = twin.oemAuthenticationFailedAt else { return Self.good("oem secret", "accepted", "accepted") }
        return TwinFinding(
            "oem secret", .differs, expected: "accepted", shown: "refused at \(Self.shown(time))",
            text: "the cloud refused it at \(Self.shown(time))",
            next: "The unit holds another OEM secret than the account's: check the config station's oem-secret.")
    }

    private func address(_ twin: DeviceTwin) -> TwinFinding {
        let shown = twin.mac.map { digits in String(digits.filter { $0.isHexDigit }).lowercased() }
        return same(
            "mac", mac.description, shown,
            "The DSN is registered for another unit's hardware: put the unit aside and tell the lead.")
    }

    /// The cloud does not show it to every role.
    private func signature(_ twin: DeviceTwin) -> TwinFinding {
        let expected = hwsig?.description ?? "any"
        guard let hwsig, let shown = twin.hwsig, shown.lowercased() != hwsig.description.lowercased() else {
            return Self.good("hwsig", expected, twin.hwsig.map { Self.shown($0) } ?? "not shown")
        }
        return same(
            "hwsig", expected, shown,
            "The DSN is registered for another unit's hardware: put the unit aside and tell the lead.")
    }

    private func template(_ seen: SeenTwin) -> TwinFinding {
        let expected = "one for (\(oemID), \(oemModel), \(oemHostVersion))"
        guard let id = seen.twin?.templateID else {
            return TwinFinding(
                "template", .differs, expected: expected, shown: "none",
                text: "none; no template matches (oem \(oemID), oem model \(oemModel), host version \(oemHostVersion))",
                next: "Make or deploy a template of this OEM model and version in the account, then run the unit again."
            )
        }
        let shown = seen.templateName.map { "\(id) \(Self.shown($0))" } ?? String(id)
        guard seen.twin?.hasProperties != false else {
            return TwinFinding(
                "template", .differs, expected: expected, shown: shown, text: "\(shown) gave the twin no properties",
                next: "Import the properties into the template in the portal, then run the unit again.")
        }
        return Self.good("template", expected, shown)
    }

    private func hostVersion(_ properties: [TwinProperty]) -> TwinFinding {
        same(
            "host version", oemHostVersion, properties.first { $0.name == TwinProperty.hostVersionName }?.value,
            "The unit reports another template version: load the right host firmware, or correct oem-host-version.")
    }

    private func activation(_ twin: DeviceTwin) -> TwinFinding {
        guard let time = twin.activatedAt else { return Self.good("activation", "not activated", "not activated") }
        return TwinFinding(
            "activation", .differs, expected: "not activated", shown: "activated at \(Self.shown(time))",
            text: "the unit was activated at \(Self.shown(time))",
            next: "It connected without the test flag, so it is no new unit any more: put it aside and tell the lead.")
    }

    private func owner(_ twin: DeviceTwin) -> TwinFinding {
        guard twin.isRegistered == true || twin.userID != nil else { return Self.good("owner", "none", "none") }
        let owner = twin.userID.map { "user \(Self.shown($0))" } ?? "a user"
        return TwinFinding(
            "owner", .differs, expected: "none", shown: owner, text: "the unit is registered to \(owner)",
            next: "It belongs to somebody: have it unregistered in the portal, or put it aside.")
    }

    // MARK: - Words

    private func same(_ name: String, _ expected: String, _ value: String?, _ next: String) -> TwinFinding {
        if value == expected { return Self.good(name, expected, expected) }
        let shown = Self.shown(value)
        let text = value == nil ? "not shown, expected \(expected)" : "\(shown), expected \(expected)"
        return TwinFinding(name, .differs, expected: expected, shown: shown, text: text, next: next)
    }

    static func good(_ name: String, _ expected: String, _ shown: String) -> TwinFinding {
        TwinFinding(name, .good, expected: expected, shown: shown, text: "as expected")
    }

    /// Text of the cloud as it may stand on a terminal and in the ledger.
    static func shown(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "nothing" }
        return PrintableText.of(text, limit: 80)
    }

    /// Seconds since 1970 UTC; nil when it is no time in UTC.
    private static func seconds(_ text: String) -> Int64? {
        do { return try UTCMoment(text).start / 1_000_000 } catch { return nil }
    }
}
