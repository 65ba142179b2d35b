// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// The page on the cloud's services, hosts, roles and ports, from the directory itself.
enum CloudServicesPage {
    static var body: String {
        [head, uses, hosts, outside, irregularities, ports, roles].joined(separator: "\n")
    }

    private static var head: String {
        """
        The hosts are compiled in, from the vendor's developer guide of 2019-09; `mintmark regions` prints them,
        `mintmark doctor --all` tries them. A station needs the User and the Factory Proxy Service; plain
        `mintmark doctor` tries just those. An account's users, tokens, templates and devices belong to one environment,
        a region with a deployment: \(CloudEnvironment.all.map(\.description).joined(separator: ", ")).

        An account is named by its OEM id. `\(CloudAccount.publicAccount.oemID)` is the vendor's public account, in which whoever signs up
        on the Developer Portal gets a user with the role `EndUser`. A person belongs to one account and needs another
        user in the next.

        """
    }

    private static var uses: String {
        var text = "## What a factory uses them for\n\n| Service | Use |\n|---|---|\n"
        for service in CloudService.allCases { text += "| \(service.title) | \(service.factoryUse) |\n" }
        return text
    }

    private static var hosts: String {
        let environments = CloudEnvironment.all
        var text = "## Hosts\n\n| Service | \(environments.map(\.description).joined(separator: " | ")) |\n|---"
        text += String(repeating: "|---", count: environments.count) + "|\n"
        var seen = Set<String>()
        for host in ServiceDirectory.hosts where host.isEnabled {
            let kind = [host.client?.rawValue, host.client.map { _ in host.scheme.rawValue }].compactMap(\.self)
            let title = host.service.title + (kind.isEmpty ? "" : " (\(kind.joined(separator: ", ")))")
            guard seen.insert(title).inserted else { continue }
            let cells = environments.map { environment in
                ServiceDirectory.host(host.service, host.scheme, client: host.client, in: environment)?.name ?? "–"
            }
            text += "| \(title) | \(cells.joined(separator: " | ")) |\n"
        }
        return text
    }

    private static var outside: String {
        var text = """
            ## Hosts that the guide does not name

            They are off: nothing connects to them, unless a station file names one under `cloud.endpoints`.

            | Host | Service | Where | Source |
            |---|---|---|---|

            """
        for host in ServiceDirectory.hosts where !host.isEnabled {
            let place = host.environment?.description ?? "not said"
            text += "| \(host.name) | \(host.service.title) | \(place) | \(host.source.title) |\n"
        }
        return text
    }

    private static var irregularities: String {
        "## Why they stand in a table\n\n"
            + ServiceDirectory.irregularities.map { "- \($0)\n" }.joined()
    }

    private static var ports: String {
        """
        ## Ports

        A site's network lets these through, for stations and for the units' test connections: 53 (DNS), 80 and 443 (TCP),
        55055 and 55056 (UDP, Notification Service). A datagram to the Notification Service gets no answer unless it knows the
        unit, so `doctor --all` cannot try those two; a unit's test connection can.

        """
    }

    private static var roles: String {
        var text = """
            ## Roles

            The role that the sign-in names is held against this table before each call, and a 403 is explained by it. A user
            who holds several roles, of which the cloud names another one, gets the fitting one as `account.role` in the
            station file. "if" means that the cloud decides, by the account.

            | Role | Meaning |
            """
        text += FactoryCall.allCases.map { " \($0.rawValue) |" }.joined() + "\n|---|---|"
        text += String(repeating: "---|", count: FactoryCall.allCases.count) + "\n"
        for role in CloudRole.allCases {
            let cells = FactoryCall.allCases.map { call in cell(role, call) }
            text += "| `\(role.rawValue)` | \(role.meaning) | \(cells.joined(separator: " | ")) |\n"
        }
        return text
    }

    /// `yes`, `if …` or `no`, and for which class of module where it makes a difference.
    private static func cell(_ role: CloudRole, _ call: FactoryCall) -> String {
        let words = ModuleClass.allCases.map { module in
            switch role.permission(call, on: module) {
            case .granted: "yes"
            case .conditional(let condition): "if: \(condition)"
            case .denied: "no"
            }
        }
        if Set(words).count == 1 { return words[0] }
        return zip(ModuleClass.allCases, words).filter { $1 != "no" }
            .map { "\($0.rawValue) \($1)" }.joined(separator: "; ")
    }
}
