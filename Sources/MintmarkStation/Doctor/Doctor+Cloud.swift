// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Doctor {
    /// Time before a certificate's end when somebody should know, in seconds.
    private static let certificateNotice: Int64 = 21 * 86_400

    /// One host as it is to be tried.
    private struct Target {
        let name: String
        let address: CloudAddress
        let reach: CloudReach
        /// Whether this station cannot work without it.
        let isNeeded: Bool
    }

    func cloud(by deadline: Deadline) -> [DoctorCheck] {
        let tries = (needed + (looksAtAll ? others : [])).map { target in
            DoctorCheck(target.name, .waiting { await look(target, by: deadline) })
        }
        return tries + setAside + [DoctorCheck("sign-in", .waiting { [await signIn()] })]
    }

    private var needed: [Target] {
        file.kind.services.compactMap { service in
            file.endpoints.url(of: service).flatMap { CloudAddress(url: $0) }.map {
                Target(name: "cloud \(service.rawValue)", address: $0, reach: service.reach, isNeeded: true)
            }
        }
    }

    /// The vendor's other hosts of this environment.
    private var others: [Target] {
        guard !isOnThisMachine else { return [] }
        let hosts = ServiceDirectory.distinct(in: file.environment).filter { !file.kind.services.contains($0.service) }
        return hosts.map { host in
            let parts = [host.service.rawValue, host.client?.rawValue, host.client == nil ? nil : host.scheme.rawValue]
            return Target(
                name: "cloud \(parts.compactMap(\.self).joined(separator: " "))",
                address: CloudAddress(host: host.name, port: 443), reach: host.service.reach, isNeeded: false)
        }
    }

    /// A rehearsal stays on this machine.
    private var isOnThisMachine: Bool {
        file.kind.services.contains { service in
            file.endpoints.url(of: service).flatMap { CloudAddress(url: $0) }?.isLoopback ?? false
        }
    }

    private var setAside: [DoctorCheck] {
        guard looksAtAll, isOnThisMachine else { return [] }
        return [
            DoctorCheck("cloud others") {
                DoctorFinding(
                    "cloud others", .good, "this station's cloud is on this machine; the vendor's hosts are left alone")
            }
        ]
    }

    /// A finding for TLS or the plain connection, and one for each further port.
    private func look(_ target: Target, by deadline: Deadline) async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if target.reach.hasTLS { findings.append(await tls(target, by: deadline)) }
        for port in target.reach.ports where target.address.port == 443 {
            let address = CloudAddress(host: target.address.host, port: port)
            findings.append(
                await found("\(target.name) port \(port)", target) {
                    let reached = try await outside.reach(address, .connection, deadline)
                    return (.good, "\(address) at \(reached.peer) takes connections", nil)
                })
        }
        guard !target.reach.datagramPorts.isEmpty else { return findings }
        let ports = target.reach.datagramPorts.map { "\($0)" }.joined(separator: " and ")
        findings.append(
            await found(target.name, target) {
                let reached = try await outside.reach(target.address, .name, deadline)
                return (
                    .good, "\(target.address.host) is \(reached.peer); its UDP ports \(ports) answer known units only",
                    nil
                )
            })
        return findings
    }

    private func tls(_ target: Target, by deadline: Deadline) async -> DoctorFinding {
        await found(target.name, target) {
            let reached = try await outside.reach(target.address, .tls, deadline)
            let left = reached.certificateLeft ?? 0
            let text = "\(target.address) at \(reached.peer), certificate good for \(Self.age(left))"
            return left >= Self.certificateNotice
                ? (.good, text, nil) : (.warning, text, "Tell whoever runs the host that its certificate ends.")
        }
    }

    private func found(
        _ name: String, _ target: Target,
        _ look: () async throws -> (DoctorFinding.Verdict, String, String?)
    ) async -> DoctorFinding {
        do {
            let (verdict, text, cure) = try await look()
            return DoctorFinding(name, verdict, text, cure: cure)
        } catch {
            let error = error.asMintmark
            return DoctorFinding(name, target.isNeeded ? .bad : .warning, error.what, cure: error.next)
        }
    }

    private func signIn() async -> DoctorFinding {
        do {
            let named = try await outside.signIn()
            let caller = CallerRole(file.role?.rawValue ?? named, working: file.kind.module)
            let text = file.role == nil ? "signed in as \(named)" : "signed in as \(named), works as \(caller.name)"
            if file.kind == .verify, let doubt = caller.doubtOfTwins {
                return DoctorFinding(
                    "sign-in", .warning, "\(text): \(doubt)",
                    cure: "Put the credentials of an OEM::Admin or OEM::Staff into the file that secrets.user names; "
                        + "if this user has that role too, name it as account.role in the station file.")
            }
            guard let call = file.kind.call?.factoryCall else { return DoctorFinding("sign-in", .good, text) }
            if let refusal = caller.refusal(of: call) { return DoctorFinding("sign-in", refusal) }
            guard case .conditional(let condition) = caller.permission(call) else {
                return DoctorFinding("sign-in", .good, text)
            }
            return DoctorFinding("sign-in", .good, "\(text), which may \(call.rawValue) \(condition)")
        } catch {
            return DoctorFinding("sign-in", error.asMintmark)
        }
    }
}
