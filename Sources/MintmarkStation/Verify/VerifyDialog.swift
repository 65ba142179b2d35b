// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkDevices

/// The dialog of a `verify` run: the unit's own, with two looks at the cloud, before and after the test connection.
final class VerifyDialog: UnitDialog {
    private enum Step: String {
        /// Before anything is asked of the unit: a used unit is not connected again, and a cloud that is away costs
        /// nobody a test connection.
        case lookAtTwin = "look-at-twin"
        case compareTwin = "compare-twin"
    }

    let plan: [PlannedStep]
    private let unit: BCVerifyDialog
    private let oemID: String
    private let template: Template
    private let watch: TwinWatch
    private var before: DeviceTwin?
    /// Seconds since 1970 UTC.
    private var testStart: Int64?
    /// What the comparison came to; nil before it.
    private(set) var checked: TwinChecked?
    /// Whether the unit connected in this test; nil before it was told to.
    private(set) var isConnected: Bool?

    var facts: UnitFacts { unit.facts }
    var transcript: Transcript { unit.transcript }

    init(unit: BCVerifyDialog, oemID: String, template: Template, watch: TwinWatch) {
        self.unit = unit
        self.oemID = oemID
        self.template = template
        self.watch = watch
        let looks = (
            PlannedStep(Step.lookAtTwin.rawValue, deadline: watch.timing.connect),
            PlannedStep(Step.compareTwin.rawValue, deadline: watch.timing.connect * 2)
        )
        let connect = unit.plan.firstIndex(where: \.needsLeave) ?? unit.plan.startIndex
        plan =
            Array(unit.plan[..<connect]) + [looks.0, unit.plan[connect], looks.1] + unit.plan[connect...].dropFirst()
    }

    func take(_ identity: AssignedIdentity) {}

    func finish() {}

    func perform(_ step: PlannedStep) async throws {
        switch Step(rawValue: step.name) {
        case .lookAtTwin: try await look()
        case .compareTwin: try await compare()
        case nil:
            if step.needsLeave {
                testStart = try await watch.trustsClock() ? watch.clock.wall / 1_000_000 : nil
                isConnected = false
            }
            try await unit.perform(step)
        }
    }

    private func look() async throws {
        guard let check = check() else { return }
        before = try await watch.before(check.dsn)
        guard let before else { return }
        let used = check.use(before)
        guard !used.isEmpty else { return }
        try finish(used, SeenTwin(twin: before))
    }

    private func compare() async throws {
        guard let check = check() else { return }
        let seen = try await watch.follow(check)
        isConnected = check.isConnected(seen.twin)
        try finish(check.findings(seen), seen)
    }

    private func finish(_ findings: [TwinFinding], _ seen: SeenTwin) throws(MintmarkError) {
        guard let dsn = facts.identity?.dsn else { return }
        let checked = TwinChecked(dsn: dsn, findings: findings, seen: seen)
        self.checked = checked
        if let error = checked.error { throw error }
    }

    /// Nil before the identity was read.
    private func check() -> TwinCheck? {
        guard let identity = facts.identity, let dsn = identity.dsn else { return nil }
        return TwinCheck(
            dsn: dsn, oemID: oemID, oemModel: template.oemModel, model: template.moduleModel, mac: identity.mac,
            hwsig: identity.hwsig, oemHostVersion: template.oemHostVersion,
            properties: template.properties.map(\.twin), testStart: testStart, connectedBefore: before?.connectedAt)
    }
}

extension TemplateProperty {
    /// As a twin made from the template shows it.
    var twin: TwinProperty {
        var property = TwinProperty(name: name)
        (property.baseType, property.direction, property.scope) = (
            baseType.rawValue, direction.rawValue, scope.rawValue
        )
        return property
    }
}

extension TwinChecked {
    /// Nil when nothing differs.
    var error: MintmarkError? {
        guard let first = differences.first else { return nil }
        // What does not connect has no twin to speak of: that comes first and says what to do.
        let code =
            first.name == "connection" || first.name == "reboots" ? MintmarkError.Code.notConnected : .twinDiffers
        let told = differences.prefix(3).map(\.line).joined(separator: "; ")
        let more = differences.count - 3 + (leftOut ?? 0)
        return MintmarkError(
            code, more > 0 ? "\(told); and \(more) more" : told, next: first.next ?? "Tell the lead.", errCode: 53)
    }
}
