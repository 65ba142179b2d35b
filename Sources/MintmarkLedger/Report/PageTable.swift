// SPDX-License-Identifier: Apache-2.0

/// The tables of a report's page. Heads have a scope, so that a screen reader tells what a number is.
enum PageTable {
    /// A section of names and values.
    static func facts(_ title: String, _ rows: [(name: String, value: HTML)], note: String? = nil) -> HTML {
        let body = rows.map { row in
            HTML.tag("tr", head("row", .text(row.name)), .tag("td", row.value))
        }
        return .element(
            "section", [],
            [.tag("h2", .text(title)), .tag("table", class: "facts", .element("tbody", [], body))]
                + (note.map { [.tag("p", .text($0))] } ?? []))
    }

    /// Rows under heads; the heads stand again on every sheet. `headsRows`: the first column names its row.
    static func grid(
        _ heads: [String], _ rows: [[HTML]], headsRows: Bool = false, class style: String = "numbers"
    ) -> HTML {
        let body = rows.map { row in
            HTML.element(
                "tr", [],
                row.enumerated().map { column, cell in
                    headsRows && column == 0 ? head("row", cell) : .tag("td", cell)
                })
        }
        return .tag(
            "table", class: style, .tag("thead", .element("tr", [], heads.map { head("col", .text($0)) })),
            .element("tbody", [], body))
    }

    /// A section that could not be read.
    static func missing(_ title: String) -> HTML {
        .tag("section", .tag("h2", .text(title)), .tag("p", .tag("strong", "Could not be read.")))
    }

    private static func head(_ scope: String, _ content: HTML) -> HTML {
        .element("th", [HTML.Attribute("scope", scope)], [content])
    }
}
