// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import MintmarkCore
package import MintmarkSandbox

/// A factory in a folder: virtual units behind ptys, a virtual cloud over TLS, station files and secrets.
package final class Rehearsal: Sendable {
    package let folder: String
    package let bench: UnitBench
    package let cloud: VirtualCloud
    package let url: String
    private let serving: Task<Void, any Error>

    /// `units` are fast: a boot takes 10 ms, a reply and a save nothing.
    package init(
        units: Int, faults: [Int: [UnitFault]] = [:], wifi: String = "none",
        change: (inout VirtualCloud.Configuration) -> Void = { _ in }, unit: (inout ModuleOptions) -> Void = { _ in }
    ) async throws {
        folder = FileManager.default.temporaryDirectory.path + "/mintmark-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try FileManager.default.createDirectory(atPath: "\(folder)/secrets", withIntermediateDirectories: true)
        var configuration = VirtualCloud.Configuration()
        configuration.folder = "\(folder)/secrets"
        change(&configuration)
        let cloud = try VirtualCloud(configuration)
        self.cloud = cloud
        var modules = SandboxUnits.blank(count: units).map(Self.fast)
        for (number, faults) in faults { modules[number - 1].faults = faults }
        for index in modules.indices { unit(&modules[index]) }
        bench = UnitBench(
            UnitBench.Configuration(folder: "\(folder)/units", units: modules, connect: { cloud.connect($0) }))
        try bench.start()
        serving = Task { try await cloud.run() }
        url = try await cloud.url
        try writeFiles(units: units, wifi: wifi)
    }

    deinit {
        bench.stop()
        serving.cancel()
        if ProcessInfo.processInfo.environment["MINTMARK_KEEP"] == nil {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    package func station(_ kind: String) -> String { "\(folder)/stations/\(kind).yaml" }
    package func ledger(_ kind: String) -> String { "\(folder)/var/\(kind).sqlite" }

    /// A module without waits.
    package static func fast(_ options: ModuleOptions) -> ModuleOptions {
        var options = options
        (options.bootTime, options.replyTime, options.saveTime) = (10_000, 0, 0)
        return options
    }

    /// Replaces text in a station file.
    package func edit(_ kind: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: station(kind), encoding: .utf8)
        guard text.contains(old) else { throw POSIXError(.EINVAL) }
        try text.replacingOccurrences(of: old, with: new).write(
            toFile: station(kind), atomically: true, encoding: .utf8)
    }

    private func writeFiles(units: Int, wifi: String) throws {
        for name in ["stations", "templates/product", "var"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try Self.template(wifi: wifi).write(
            toFile: "\(folder)/templates/product/template.yaml", atomically: true, encoding: .utf8)
        try Self.properties.write(
            toFile: "\(folder)/templates/product/properties.csv", atomically: true, encoding: .utf8)
        try "bench-canary-wifi".write(toFile: "\(folder)/secrets/test-wifi-key", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(folder)/secrets/test-wifi-key")
        let slots = (1...units).map { "  - { name: S\($0), port: \(bench.path($0)) }\n" }.joined()
        for kind in ["label", "config", "verify"] {
            try """
            station: test-\(kind)
            kind: \(kind)
            template: ../templates/product
            account: { oem-id: "0dfc7900" }
            cloud:
              region: us
              deployment: dev
              endpoints: { user: "\(url)", factory-proxy: "\(url)", device: "\(url)" }
              ca-file: ../secrets/ca.pem
            secrets:
            \(kind == "config" ? "  oem-secret: file:../secrets/oem-secret\n" : "")  user: file:../secrets/user-\(kind == "verify" ? "admin" : kind).json
              spool-key: file:../secrets/spool-key
              head-key: file:../secrets/head-key-\(kind)
            \(kind == "verify" ? Self.testWifi : "")ledger: ../var/\(kind).sqlite
            head: ../secrets/\(kind).head
            slots:
            \(slots)
            """.write(toFile: station(kind), atomically: true, encoding: .utf8)
        }
    }

    private static let testWifi = """
          test-wifi-key: file:../secrets/test-wifi-key
        test-wifi: { ssid: bench-net, security: WPA2_Personal }

        """

    private static let properties = """
        base_type,direction,name,scope
        boolean,input,Blue_LED,user
        string,output,version,user

        """

    private static func template(wifi: String) -> String {
        """
        family: bc
        module-model: AY001MTP1
        mfg-model: WD-201
        mfg-serial: { prefix: "wd-", from: counter }
        odm: Acme Works
        oem-model: plug-a1
        oem-host-version: "1.0"
        firmware: ["2.4.7"]
        wifi-ap: { ssid-mac: "Ayla-", security: \(wifi) }

        """
    }
}
