// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import Synchronization

/// A Device Service in memory: a twin appears when its unit connects, as a cloud with one template makes it.
final class TwinShelf: DeviceService {
    /// What is wrong with the cloud or with what it shows.
    struct Flaw: Sendable {
        /// What the twin is before the unit connects; nil is none.
        var before: (@Sendable (inout SeenTwin) -> Void)?
        var after: @Sendable (inout SeenTwin) -> Void = { _ in }
        var error: MintmarkError?
        /// The unit's calls go nowhere.
        var isDeaf = false
    }

    private struct Shelf {
        var seen = SeenTwin(twin: nil)
        var calls: [ModuleConnection] = []
    }

    private let properties: [TwinProperty]
    private let flaw: Flaw
    private let clock: any StationClock
    private let shelf = Mutex(Shelf())

    init(properties: [TwinProperty], flaw: Flaw, dsn: DSN, clock: any StationClock) {
        (self.properties, self.flaw, self.clock) = (properties, flaw, clock)
        guard let before = flaw.before else { return }
        shelf.withLock { shelf in
            shelf.seen.twin = DeviceTwin(dsn: dsn)
            before(&shelf.seen)
        }
    }

    /// The first calls of units, in their order.
    var calls: [ModuleConnection] { shelf.withLock(\.calls) }

    var sandboxHost: String? { "shelf:443" }

    /// A unit's first call.
    func connect(_ connection: ModuleConnection) -> ModuleConnection.Answer {
        shelf.withLock { shelf in
            shelf.calls.append(connection)
            guard !flaw.isDeaf, let dsn = try? DSN(connection.dsn) else { return .silence }
            shelf.seen = online(connection, dsn)
            flaw.after(&shelf.seen)
            return .status(200)
        }
    }

    private func online(_ connection: ModuleConnection, _ dsn: DSN) -> SeenTwin {
        var twin = DeviceTwin(dsn: dsn)
        let now = UTCTime.isoText(seconds: clock.wall / 1_000_000)
        (twin.key, twin.model, twin.oemID, twin.oemModel) = (7, "AY001MTP1", connection.oem, connection.oemModel)
        // Written as another service of the cloud does.
        twin.mac = connection.mac.uppercased()
        (twin.hwsig, twin.softwareVersion) = (connection.hwsig, connection.softwareVersion)
        (twin.templateID, twin.hasProperties) = (41, true)
        (twin.connectionStatus, twin.connectedAt, twin.isRegistered) = ("Online", now, false)
        if !connection.isTest { twin.activatedAt = now }
        var version = TwinProperty(name: TwinProperty.hostVersionName)
        (version.baseType, version.direction, version.scope) = ("string", "output", "oem")
        version.value = connection.templateVersion
        return SeenTwin(
            twin: twin, properties: properties + [version],
            history: ["Online", "Initializing"].map { ConnectionEvent(time: now, status: $0) }, templateName: "Plug")
    }

    private func seen() throws(MintmarkError) -> SeenTwin {
        if let error = flaw.error { throw error }
        return shelf.withLock(\.seen)
    }

    func twin(of dsn: DSN) async throws(MintmarkError) -> DeviceTwin? { try seen().twin }

    func properties(of dsn: DSN) async throws(MintmarkError) -> [TwinProperty] { try seen().properties }

    func connectionHistory(of key: Int64, count: Int) async throws(MintmarkError) -> [ConnectionEvent] {
        Array(try seen().history.prefix(count))
    }

    func templateName(_ id: Int64) async throws(MintmarkError) -> String? { try seen().templateName }

    func awaitConnectivity(of dsn: DSN, deadline: Duration) async throws(MintmarkError) {
        do { try await clock.sleep(until: clock.now + .milliseconds(1)) } catch {
            throw MintmarkError(.interrupted, "stopped", next: "Start it again.")
        }
    }
}
