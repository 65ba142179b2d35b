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
        try replay(connection, into: try Projections(connection))
        try connection.execute("COMMIT")
    }

    /// Lays empty projections and notes their version.
    static func create(_ connection: SQLConnection) throws(MintmarkError) {
        try connection.execute(Schema.projections)
        try connection.prepare(
            "INSERT INTO meta (name, value) VALUES ('projections', ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        ).run(Schema.projectionsVersion)
    }

    /// Applies every entry of `connection`, in order.
    static func replay(_ connection: SQLConnection, into projections: Projections) throws(MintmarkError) {
        try connection.prepare("SELECT body FROM entry ORDER BY seq").each { row throws(MintmarkError) in
            let entry = try Entry(bytes: row.array(0))
            try projections.apply(entry.type.payload.init(json: entry.body), by: entry.context, at: entry.stamp)
        }
    }
}
