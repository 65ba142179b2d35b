// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import GRDB
internal import MintmarkCore
internal import MintmarkCrypto

/// Owns the only handle that writes the file, on a thread of its own.
actor LedgerWriter {
    /// Pages of the write-ahead log after which it is carried into the file: 4 MiB.
    private static let checkpointPages: Int32 = 1000

    nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let queue: DatabaseQueue
    private let lock: LedgerLock
    var handles: Handles?
    private var checkpointAt = LedgerWriter.checkpointPages
    /// Sticky: after a failed commit nobody knows what is on disk until the file is opened and checked again.
    var fault: MintmarkError?
    /// Nil while no key is at hand: then no head is signed.
    var heads: HeadKeeper?
    /// Told after every signed head, on this thread.
    private var isSigned: @Sendable () -> Void = {}
    /// The session's end is recorded: only cosignatures may follow.
    private var hasEnded = false
    /// Told after every commit, on this thread.
    private var isCommitted: @Sendable () -> Void = {}
    /// Comes back for the entries that no head covers yet.
    var timer: Task<Void, Never>?

    struct Handles {
        let connection: SQLConnection
        let clock: any StationClock
        let log: String
        let appender: LogAppender
        let headTable: HeadTable
        let begin: Statement
        let commit: Statement
    }

    init(executor: QueueExecutor, queue: DatabaseQueue, lock: LedgerLock) {
        self.executor = executor
        self.queue = queue
        self.lock = lock
    }

    /// Checks file and tail and makes the writer ready.
    ///
    /// - Throws: `.badStationFile` when the file is another station's; `.ledgerNewer`; `.ledgerFault`.
    func open(path: String, station: String, software: String, clock: any StationClock) throws {
        try queue.inDatabase { database in
            let connection = try SQLConnection(database)
            let identity = try LedgerFile.identify(connection, path: path, writes: true)
            guard identity.station == station else {
                throw MintmarkError(
                    .badStationFile, "\(path) is the ledger of station \(identity.station), not of \(station)",
                    next: "Check `station:` and `ledger:` in the station file.")
            }
            try Pragmas.setWriter(connection)
            // The write-ahead log may be new. SQLite syncs its name at the first commit, but does not look whether that
            // worked; and a sync that failed must not be tried again.
            try FileSystem.syncFolder(FileSystem.folder(of: path))
            try LedgerFile.upgrade(connection)
            let tail = try LedgerTail(connection, log: identity.log, software: software)
            try ProjectionReplay.refreshIfOld(connection)
            let stamper = try EntryStamper(
                log: identity.log, station: station, software: software, clock: clock, next: tail.tree.size,
                last: tail.lastTime, offset: tail.offset)
            handles = Handles(
                connection: connection, clock: clock, log: identity.log,
                appender: try LogAppender(connection, stamper: stamper, tree: tail.tree),
                headTable: try HeadTable(connection), begin: try database.makeStatement(sql: "BEGIN IMMEDIATE"),
                commit: try database.makeStatement(sql: "COMMIT"))
        }
    }

    /// Lets go of file and lock after an `open` that failed; its error is the one to tell, whatever the close says.
    func abandon() {
        defer { lock.release() }
        handles = nil
        do { try queue.close() } catch { fault = fault ?? LedgerFault.wrap(error, doing: "closing the ledger") }
    }

    /// Decides all acts in one transaction, commits it, then answers all callers.
    func perform(_ acts: [WaitingAct]) {
        guard !hasEnded else {
            for act in acts { act.refuse(Self.closed) }
            return
        }
        var unanswered = acts.makeIterator()
        var decided: [(act: WaitingAct, answer: @Sendable () -> Void)] = []
        do {
            try transact { appender throws in
                while let act = unanswered.next() {
                    do { decided.append((act, try appender.take(act))) } catch {
                        // A failure of storage is everybody's; anything else is this caller's alone.
                        if let fault = storageFault {
                            act.refuse(fault)
                            throw fault
                        }
                        act.refuse(error)
                    }
                }
            }
        } catch {
            for (act, _) in decided { act.refuse(error) }
            while let act = unanswered.next() { act.refuse(error) }
            return
        }
        for (_, answer) in decided { answer() }
        signWhenDue()
    }

    func whenSigned(_ tell: @escaping @Sendable () -> Void) { isSigned = tell }

    func whenCommitted(_ tell: @escaping @Sendable () -> Void) { isCommitted = tell }

    /// Nothing is written from here on, for this reason.
    func stop(_ reason: MintmarkError) { fault = fault ?? reason }

    /// Looks at the state of the last commit.
    func look<Answer>(_ look: (any LedgerState) throws -> Answer) throws -> Answer {
        let handles = try ready()
        defer { fault = fault ?? storageFault }
        return try queue.inDatabase { _ in try look(ProjectedState(projections: handles.appender.projections)) }
    }

    /// Appends the session's end and signs over it. Safe to call twice.
    func end(_ last: EntryDraft) throws {
        guard handles != nil, !hasEnded else { return }
        try transact { appender throws in try appender.append(last) }
        hasEnded = true
        _ = try signNow()
    }

    /// Appends the session's end if `end` did not, carries everything into the file and gives the lock back. Safe to
    /// call twice.
    ///
    /// - Throws: the fault that stopped the writer, if one did; the lock is given back all the same.
    func close(_ last: EntryDraft) throws(MintmarkError) {
        guard handles != nil else { return }
        defer { lock.release() }
        if fault == nil {
            do {
                try end(last)
                try queue.inDatabase { _ in try handles?.connection.checkpoint(truncate: true) }
            } catch { fault = fault ?? LedgerFault.wrap(error, doing: "closing the ledger") }
        }
        handles = nil
        timer?.cancel()
        do {
            try heads?.close()
            try queue.close()
        } catch { fault = fault ?? LedgerFault.wrap(error, doing: "closing the ledger") }
        heads = nil
        if let fault { throw fault }
    }

    /// Runs `body` in one transaction and commits it, with a head over what was committed before when one is due.
    /// Any error that comes out is final.
    func transact(signs: Bool = false, _ body: (LogAppender) throws -> Void) throws(MintmarkError) {
        let handles = try ready()
        do {
            try queue.inDatabase { _ in
                handles.appender.lookAtClock()
                let head = try signs || heads?.isDue(handles.appender.tree.size) == true ? head(handles) : nil
                try handles.begin.execute()
                if let head { try handles.headTable.add(head, at: handles.appender.lastTime) }
                let size = handles.appender.tree.size
                try body(handles.appender)
                try handles.appender.seal(since: size)
                if let fault = storageFault { throw fault }
                try handles.commit.execute()
                if let head {
                    try heads?.publish(head)
                    isSigned()
                }
                isCommitted()
                try checkpointIfDue(handles.connection)
            }
        } catch {
            let error = LedgerFault.wrap(error, doing: "committing")
            fault = error
            throw error
        }
    }

    /// A reader that holds an old state keeps pages back; the next try comes after as many more.
    private func checkpointIfDue(_ connection: SQLConnection) throws(MintmarkError) {
        guard connection.walPages >= checkpointAt else { return }
        let pages = connection.walPages
        try connection.checkpoint()
        checkpointAt = pages >= checkpointAt + Self.checkpointPages ? pages : Self.checkpointPages
    }

    func ready() throws(MintmarkError) -> Handles {
        if let fault { throw fault }
        guard let handles else { throw Self.closed }
        return handles
    }

    private static let closed = MintmarkError(.ledgerFault, "the ledger is closed", next: "Start the station again.")

    private var storageFault: MintmarkError? { handles?.connection.fault }
}
