// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The hands of a test or a demo in this process; `CloudControl` offers the same over HTTPS.
extension VirtualCloud {
    package func device(_ dsn: DSN) -> FactoryDevice? { core.with { $0.state.devices[dsn] } }

    /// Every DSN that left a pool, in order.
    package var devices: [FactoryDevice] { core.with { $0.state.devices.values.sorted { $0.dsn < $1.dsn } } }

    package var journal: CloudJournal { core.with { $0.journal } }

    package func inject(_ fault: CloudFault) { core.with { $0.plan.inject(fault) } }

    package func clearFaults() { core.with { $0.plan.clear() } }

    package var faults: [CloudFault] { core.with { $0.plan.faults } }

    package var switches: CloudSwitches { core.with { $0.state.switches } }

    package func set(_ switches: CloudSwitches) { core.with { $0.state.switches = switches } }

    /// Makes every access token that exists invalid; refresh tokens stay good.
    package func expireTokens() { core.with { $0.state.expireTokens() } }

    /// Gives a model `count` new free DSNs in place of those it had.
    ///
    /// - Throws: `.badInput` for an unknown model, or numbers in use or beyond nine digits.
    package func setPool(_ model: String, _ count: Int, from first: Int? = nil) throws(MintmarkError) {
        try core.with { (parts) throws(MintmarkError) in
            try parts.state.setPool(model: model, count: count, from: first)
        }
    }

    /// Whether a unit's OEM key, 256 bytes, is good for this DSN.
    package func judge(oemKey: [UInt8], dsn: DSN) -> OEMKeyVerdict {
        core.with { $0.state }.judge(oemKey: oemKey, dsn: dsn)
    }

    /// The twin that the Device Service has of a DSN.
    package func twin(_ dsn: DSN) -> CloudTwin? {
        let now = core.clock()
        return core.with { $0.state.twin(of: dsn, now: now) }
    }

    /// Lets a unit connect, as `POST /sandbox/devices/{dsn}/connect` does.
    package func connect(_ dsn: DSN, _ hello: UnitHello) throws(ConnectRefusal) {
        let now = core.clock()
        try core.with { (parts) throws(ConnectRefusal) in _ = try parts.state.connect(dsn, hello, now: now) }
    }

    package func add(_ template: CloudTemplate) { core.with { $0.state.add(template) } }

    /// Returns when somebody listens to events.
    package func untilStreamOpens() async { await core.hub.untilOpen() }

    package var openStreams: Int { core.hub.count }

    /// Datastream subscriptions that exist.
    package var subscriptions: Int { core.with { $0.state.subscriptions.count } }
}
