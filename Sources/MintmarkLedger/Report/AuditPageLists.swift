// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The lists of a report's page. Empty ones share one line.
struct AuditPageLists {
    private let report: AuditReport

    init(_ report: AuditReport) { self.report = report }

    var sections: [HTML] {
        let events = report.events
        let acts = ["Entry", "Time", "What", "Unit", "By", "Reason"]
        var none: [String] = []
        var sections: [HTML] = []
        func add<Row>(
            _ title: String, _ list: AuditList<Row>?, _ heads: [String], class style: String = "list",
            _ cells: (Row) -> [HTML]
        ) {
            guard let list else { return sections.append(PageTable.missing(title)) }
            if list.count == 0 {
                none.append(title)
            } else {
                sections.append(section(title, list, heads, style, cells))
            }
        }
        add("Overrides", events.overrides, acts, class: "list acts", Self.cells)
        add("DSNs burned", events.burns, acts, class: "list acts", Self.cells)
        add("DSNs returned", events.returns, acts, class: "list acts", Self.cells)
        add("Steps of the clock", events.clockSteps, ["Entry", "Time", "Expected", "Found", "Step"]) { step in
            [
                .text(String(step.entry)), Self.time(step.time), Self.time(step.expected), Self.time(step.found),
                .text(Self.seconds(step.step)),
            ]
        }
        add("Clock confirmed", events.clockConfirmations, ["Entry", "Time", "By", "Other clock", "This clock"]) { act in
            [
                .text(String(act.entry)), Self.time(act.time), .foreign(act.actor), Self.time(act.shown),
                Self.time(act.found),
            ]
        }
        add("Runs dated later", events.datedRuns, ["Entry", "Time", "Unit", "Was", "Is"]) { run in
            [
                .text(String(run.entry)), Self.time(run.time), .foreign(run.unit),
                .text(UTCTime.isoText(seconds: run.was)),
                .text(run.isLost ? "the same; nothing tells when it was" : UTCTime.isoText(seconds: run.dated)),
            ]
        }
        add("Units set aside now", report.aside, ["Entry", "Time", "Unit", "Reason", "Goes on"], class: "list units") {
            unit in
            [
                .text(String(unit.entry)), unit.time.map(Self.time) ?? "", .foreign(unit.unit), .foreign(unit.reason),
                .text(unit.isInterrupted ? "when a run reads it back" : "when a person decides"),
            ]
        }
        if !none.isEmpty {
            sections.append(
                PageTable.facts("Nothing to report", none.map { ($0, report.gaps.isEmpty ? "none" : "none found") }))
        }
        return sections
    }

    private func section<Row>(
        _ title: String, _ list: AuditList<Row>, _ heads: [String], _ style: String, _ cells: (Row) -> [HTML]
    ) -> HTML {
        .element(
            "section", [],
            [
                .tag("h2", .text("\(title): \(list.count)")),
                PageTable.grid(heads, list.rows.map(cells), class: style),
            ]
                + (list.left > 0
                    ? [.tag("p", .text("And \(list.left) more, which `mintmark ledger show` lists."))] : []))
    }

    private static func cells(_ act: AuditEvents.Act) -> [HTML] {
        [
            .text(String(act.entry)), time(act.time), .foreign(act.subject), act.unit.map { .foreign($0) } ?? "",
            .foreign(act.actor), .foreign(act.reason),
        ]
    }

    private static func time(_ microseconds: Int64) -> HTML { .text(AuditReport.timeText(microseconds)) }

    /// `+3.412 s`, `-86400.000 s`
    private static func seconds(_ microseconds: Int64) -> String {
        let milliseconds = microseconds.magnitude / 1000
        let rest = String(milliseconds % 1000)
        let sign = microseconds < 0 ? "-" : "+"
        return "\(sign)\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) s"
    }
}
