// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore

struct Regions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the cloud's services and their hosts, by region and deployment.",
        discussion: """
            From the vendor's guide, compiled in; nothing is asked. A host marked off is named by another document only \
            and never connected to, unless a station file names it under cloud.endpoints.
            """)

    @Option(help: "Only this region: us, cn or eu.") var region: CloudEnvironment.Region?
    @Option(help: "Only this deployment: dev or field.") var deployment: CloudEnvironment.Deployment?
    @Option(help: "Only this service.") var service: CloudService?
    @OptionGroup var json: JSONOption

    func run() {
        let hosts = ServiceDirectory.hosts.filter { host in
            (region == nil || host.environment?.region == region)
                && (deployment == nil || host.environment?.deployment == deployment)
                && (service == nil || host.service == service)
        }
        if json.isOn {
            for host in hosts { Terminal.output(CanonicalJSON.text(host.json)) }
            return
        }
        var table = TextTable("SERVICE", "CLIENT", "WHERE", "URL", "")
        for host in hosts {
            table.add(
                host.service.rawValue, host.client?.rawValue ?? "-", host.environment?.description ?? "?", host.url,
                host.isEnabled ? "" : "off: not in the guide, only in \(host.source.title)")
        }
        for line in table.lines { Terminal.output(line) }
    }
}

extension CloudEnvironment.Deployment: ExpressibleByArgument {}
extension CloudService: ExpressibleByArgument {}
