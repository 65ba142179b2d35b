// SPDX-License-Identifier: Apache-2.0

/// A unit's digital twin was compared with its template. Why a unit failed is told here, difference by difference.
package struct TwinChecked: EntryPayload {
    /// An entry has room for so many; a template has a few dozen properties.
    package static let limit = 50

    package static let type = EntryType.twinChecked
    package static let fields = [
        EntryField("dsn", .text, "the DSN asked for"),
        EntryField("good", .list, "names of the comparisons that came out as expected"),
        EntryField(
            "findings", .list,
            "the others: name, verdict (differs, or note: the unit may pass), expected, shown, text, next"),
        EntryField("left_out", .integer, optional: true, "how many more there were"),
        EntryField("template", .text, optional: true, "number and name of the template the cloud took"),
        EntryField("status", .text, optional: true, "connection status as shown"),
        EntryField("connected_at", .text, optional: true, "time of the connection as shown"),
    ]

    package let dsn: DSN
    package let good: [String]
    package let findings: [TwinFinding]
    package let leftOut: Int?
    package let template: String?
    package let status: String?
    package let connectedAt: String?

    /// What came of comparing `seen`.
    package init(dsn: DSN, findings: [TwinFinding], seen: SeenTwin) {
        let others = findings.filter { $0.verdict != .good }
        self.dsn = dsn
        good = findings.filter { $0.verdict == .good }.map(\.name)
        self.findings = Array(others.prefix(Self.limit))
        leftOut = others.count > Self.limit ? others.count - Self.limit : nil
        template = seen.twin?.templateID.map { id in
            seen.templateName.map { "\(id) \(TwinCheck.shown($0))" } ?? String(id)
        }
        status = seen.twin?.connectionStatus.map { TwinCheck.shown($0) }
        connectedAt = seen.twin?.connectedAt.map { TwinCheck.shown($0) }
    }

    /// The differences that let the unit fail.
    package var differences: [TwinFinding] { findings.filter { $0.verdict == .differs } }

    package var json: JSONObject {
        [
            "connected_at": .text(connectedAt), "dsn": .string(dsn.description),
            "findings": .array(findings.map { .object($0.json) }), "good": .texts(good),
            "left_out": .number(leftOut), "status": .text(status), "template": .text(template),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        dsn = try json.dsn("dsn")
        good = try json.texts("good")
        var findings: [TwinFinding] = []
        for item in json["findings"]?.array ?? [] { findings.append(try TwinFinding(json: item.object ?? [:])) }
        self.findings = findings
        leftOut = json.optionalInteger("left_out")
        template = json.optionalText("template")
        status = json.optionalText("status")
        connectedAt = json.optionalText("connected_at")
    }
}
