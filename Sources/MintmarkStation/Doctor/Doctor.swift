// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Looks at everything a station needs before a shift, at once and within one deadline.
package struct Doctor: Sendable {
    /// A whole look, with room for the process's start and end within five seconds.
    package static let limit = Duration.milliseconds(4500)

    let file: StationFile
    let outside: Outside
    /// Every service of the directory, and not only those this station needs.
    let looksAtAll: Bool

    package init(file: StationFile, outside: Outside, looksAtAll: Bool = false) {
        self.file = file
        self.outside = outside
        self.looksAtAll = looksAtAll
    }

    /// Gives the findings in the order in which a person would mend them, each as soon as those before it are known.
    ///
    /// A check that has not finished by then gets a finding that says so.
    package func examine(within limit: Duration = Doctor.limit, _ tell: (DoctorFinding) -> Void) async {
        let end = Deadline.now + limit
        // The cloud gives up a little earlier, to say at which stage it hung.
        let running = checks(cloudBy: end - limit / 10).map(RunningCheck.init)
        let bell = Task {
            do { try await Task.sleep(until: end, clock: .continuous) } catch { return }
            for check in running { check.giveUp() }
        }
        await withTaskCancellationHandler {
            for check in running {
                for finding in await check.findings() ?? [Self.unfinished(check.name, limit)] { tell(finding) }
            }
        } onCancel: {
            for check in running { check.giveUp() }
        }
        bell.cancel()
    }

    private func checks(cloudBy deadline: Deadline) -> [DoctorCheck] {
        files + ports + machine + secrets + disk + ledgers + cloud(by: deadline)
    }

    private static func unfinished(_ name: String, _ limit: Duration) -> DoctorFinding {
        let (seconds, rest) = limit.components
        let tenths = rest / 100_000_000_000_000_000
        return DoctorFinding(
            name, .bad, "the check did not finish within \(seconds).\(tenths) s",
            cure: "Find out what it waits for: a disk, a token or a network that does not answer.")
    }

    private var files: [DoctorCheck] {
        let (file, template) = (file, file.template)
        return [
            DoctorCheck("station file") {
                let text =
                    "\(file.kind.rawValue) station \(file.station), \(file.environment), account \(file.account), \(file.slots.count) slots"
                guard file.account.isPublic, file.environment.deployment == .field else {
                    return DoctorFinding("station file", .good, text)
                }
                return DoctorFinding(
                    "station file", .warning, "\(text): the public account is for experiments",
                    cure: "Name your company's OEM id under account.")
            },
            DoctorCheck("template") {
                DoctorFinding(
                    "template", .good,
                    "\(template.name): \(template.family.rawValue), \(template.moduleModel), firmware \(template.firmware.joined(separator: ", "))"
                )
            },
        ]
    }
}
