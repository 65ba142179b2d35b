// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Makes the projections again from the entries.
enum ProjectionReplay {
    /// Drops and remakes the projections when another version of this program laid them.
    static func refreshIfOld(_ connection: SQLConnection) throws(MintmarkError) {
        let found = try connection.integer("SELECT value FROM meta WHERE name = 'projections'")
        guard found != Schema.projectionsVersion else { return }
        try connection.execute("BEGIN IMMEDIATE")
        for table in Schema.projectionTables { try connection.execute("DROP TABLE IF EXISTS \(table)") }
        try create(connection)
        if let misfit = try replay(connection, into: try Projections(connection)) {
            throw LedgerFault.make("entry \(misfit.sequence) does not fit what stands before it: \(misfit.what)")
        }
        try connection.execute("COMMIT")
    }

    /// Lays empty projections and notes their version.
    static func create(_ connection: SQLConnection) throws(MintmarkError) {
        try connection.execute(Schema.projections)
        try connection.prepare(
            "INSERT INTO meta (name, value) VALUES ('projections', ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        ).run(Schema.projectionsVersion)
    }

    /// Applies every entry of `connection`, in order; stops at one that does not fit and names it.
    static func replay(
        _ connection: SQLConnection, into projections: Projections
    ) throws(MintmarkError) -> (sequence: Int64, what: String)? {
        let entries = try connection.prepare("SELECT seq, body FROM entry ORDER BY seq")
        try entries.start()
        defer { entries.stop() }
        while let row = try entries.next() {
            do {
                let entry = try Entry(bytes: row.array(1))
                try projections.apply(entry.type.payload.init(json: entry.body), by: entry.context, at: entry.stamp)
            } catch { return (row.integer(0), error.what) }
        }
        return nil
    }
}
