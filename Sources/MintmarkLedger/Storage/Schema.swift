// SPDX-License-Identifier: Apache-2.0

/// The tables of a ledger file.
///
/// `entry`, `node` and `root` are the log and only ever grow; signed heads and the cosignatures of witnesses are tables
/// beside them. `entry` has no index but its number: an index by unit or run writes a page for every entry, while the
/// projections know between which entries a unit or a run is spoken of. Everything in `projections` follows from the
/// entries and may be dropped and made again.
///
/// The triggers raise FAIL, not ABORT: for the one row they look at it is the same, and SQLite then copies no pages to
/// be able to take the statement back.
enum Schema {
    /// `MNTM`
    static let applicationID: Int64 = 0x4D4E_544D
    /// Version of the file: tables of the log. A newer one is not written by this program.
    static let version: Int64 = 2
    /// Version of the projections: another one is replayed at open.
    static let projectionsVersion: Int64 = 5
    /// Version that `log.open` records.
    static let format = 1

    static let log = """
        PRAGMA application_id = \(applicationID);
        CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, station TEXT NOT NULL,
            kind TEXT NOT NULL, format INTEGER NOT NULL) STRICT;
        CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT NOT NULL CHECK (length(body) <= 65535),
            leaf BLOB NOT NULL CHECK (length(leaf) = 32), type TEXT NOT NULL, unit TEXT, run TEXT,
            t_us INTEGER NOT NULL) STRICT;
        CREATE TABLE node (level INTEGER NOT NULL, idx INTEGER NOT NULL, h BLOB NOT NULL CHECK (length(h) = 32),
            PRIMARY KEY (level, idx)) WITHOUT ROWID, STRICT;
        CREATE TABLE root (size INTEGER PRIMARY KEY, h BLOB NOT NULL CHECK (length(h) = 32)) STRICT;
        CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        CREATE TRIGGER entry_dense BEFORE INSERT ON entry
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry)
            BEGIN SELECT RAISE(FAIL, 'ledger: gap or replace'); END;
        CREATE TRIGGER root_grows BEFORE INSERT ON root
            WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM root)
              OR NEW.size IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry)
            BEGIN SELECT RAISE(FAIL, 'ledger: a root of another size'); END;
        """ + appendOnly("log") + appendOnly("entry") + appendOnly("node") + appendOnly("root") + heads

    /// Came with version 2: a file of version 1 gets them when it is opened for writing.
    static let heads =
        """

        PRAGMA user_version = \(version);
        CREATE TABLE head (size INTEGER PRIMARY KEY, note TEXT NOT NULL, t_us INTEGER NOT NULL) STRICT;
        CREATE TABLE cosig (size INTEGER NOT NULL, name TEXT NOT NULL, line TEXT NOT NULL, t_us INTEGER NOT NULL,
            PRIMARY KEY (size, name)) WITHOUT ROWID, STRICT;
        CREATE TRIGGER head_grows BEFORE INSERT ON head
            WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM head)
              OR NOT EXISTS (SELECT 1 FROM root WHERE root.size = NEW.size)
            BEGIN SELECT RAISE(FAIL, 'ledger: a head of no committed root'); END;
        CREATE TRIGGER cosig_of_head BEFORE INSERT ON cosig
            WHEN NOT EXISTS (SELECT 1 FROM head WHERE head.size = NEW.size)
            BEGIN SELECT RAISE(FAIL, 'ledger: a cosignature of no head'); END;
        """ + appendOnly("head") + appendOnly("cosig")

    /// The first column of each is its key.
    static let projectionTables = [
        "dsn", "unit", "run", "outbox", "reserve", "archive", "counter", "sandbox", "clock", "head_key",
    ]

    static let projections = """
        CREATE TABLE dsn (first_seq INTEGER PRIMARY KEY, dsn TEXT NOT NULL UNIQUE, model TEXT NOT NULL,
            public_key BLOB NOT NULL, block TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN
                ('free', 'assigned', 'written', 'registered', 'burned', 'returned', 'quarantined', 'transferred',
                 'unknown')),
            unit TEXT UNIQUE, reason TEXT, before TEXT, last_seq INTEGER NOT NULL, burned_on TEXT,
            CHECK (state NOT IN ('burned', 'returned', 'quarantined', 'unknown') OR reason IS NOT NULL),
            CHECK (state NOT IN ('burned', 'returned', 'free') OR unit IS NULL)) STRICT;
        CREATE INDEX dsn_burned_on ON dsn (burned_on) WHERE burned_on IS NOT NULL;
        CREATE INDEX dsn_free ON dsn (model) WHERE state = 'free';
        CREATE TABLE unit (first_seq INTEGER PRIMARY KEY, hardware TEXT NOT NULL UNIQUE, mac TEXT NOT NULL UNIQUE,
            hwsig TEXT, dsn TEXT UNIQUE, mfg_sn TEXT, runs INTEGER NOT NULL, outcome TEXT, badge TEXT NOT NULL,
            reason TEXT, interrupted INTEGER NOT NULL,
            saved INTEGER NOT NULL, last_seq INTEGER NOT NULL) STRICT;
        CREATE TABLE run (open_seq INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, open_us INTEGER NOT NULL,
            slot TEXT, kind TEXT NOT NULL, region TEXT NOT NULL, dry_run INTEGER NOT NULL, actor TEXT NOT NULL,
            batch TEXT, unit TEXT, wrote INTEGER NOT NULL, result_seq INTEGER, outcome TEXT, error TEXT,
            took_us INTEGER, unsure INTEGER NOT NULL DEFAULT 0, dated_s INTEGER) STRICT;
        CREATE INDEX run_without_result ON run (open_seq) WHERE result_seq IS NULL;
        CREATE TABLE outbox (intent_seq INTEGER PRIMARY KEY, request TEXT NOT NULL UNIQUE, dsn TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'unknown', 'registered', 'refused', 'quarantined')),
            last_seq INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX outbox_pending ON outbox (dsn) WHERE state IN ('queued', 'unknown');
        CREATE TABLE reserve (intent_seq INTEGER PRIMARY KEY, request TEXT NOT NULL UNIQUE, model TEXT NOT NULL,
            count INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'reserved', 'refused', 'unknown')))
            STRICT;
        CREATE TABLE archive (sha256 TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
        CREATE TABLE sandbox (host TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        CREATE TABLE clock (boot TEXT PRIMARY KEY, offset_us INTEGER NOT NULL) STRICT;
        CREATE TABLE head_key (seq INTEGER PRIMARY KEY, vkey TEXT NOT NULL UNIQUE) STRICT;
        """

    private static func appendOnly(_ table: String) -> String {
        ["DELETE", "UPDATE"].map {
            """

            CREATE TRIGGER \(table)_no_\($0.lowercased()) BEFORE \($0) ON \(table)
                BEGIN SELECT RAISE(FAIL, 'ledger: append-only'); END;
            """
        }.joined()
    }
}
