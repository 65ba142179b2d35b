// SPDX-License-Identifier: Apache-2.0

/// Rows of a report. All are counted; the first of them are kept, so that a report fits in memory and on paper.
package struct AuditList<Row: Sendable & Equatable>: Sendable, Equatable {
    package private(set) var count: Int64 = 0
    package private(set) var rows: [Row] = []

    package var left: Int64 { count - Int64(rows.count) }

    mutating func add(_ row: @autoclosure () -> Row, limit: Int) {
        count += 1
        if rows.count < limit { rows.append(row()) }
    }
}
