// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Glibc
package import MintmarkCore
internal import Synchronization

/// A device's serial port. All ports share one queue for what comes in; nothing on it ever blocks.
///
/// A reader or writer that has to wait leaves a continuation, which bytes, the deadline, a lost cable or cancellation
/// resume, whichever comes first. Sending is done on the caller's thread: a command fits into the port's buffer, and a
/// change of threads would cost more than the write.
package final class TTYPort: SerialPort {
    /// Bytes kept for a caller who is slow to fetch them; beyond it the port fails rather than drops.
    static let maximumBacklog = 1 << 20

    static let queue = DispatchQueue(label: "mintmark.serial")

    private struct State {
        var received: [UInt8] = []
        var reader: CheckedContinuation<[UInt8], any Error>?
        var writer: CheckedContinuation<Void, any Error>?
        var unsent: ArraySlice<UInt8> = []
        var deadline = Deadline.now
        /// The first fault; every later call gets it again.
        var end: MintmarkError?
        var isClosed = false
        var isGone = false
        var closers: [CheckedContinuation<Void, Never>] = []

        mutating func takeReceived() -> [UInt8] {
            defer { received = [] }
            return received
        }
    }

    /// What to do once the lock is given back.
    private enum Wake {
        case nobody
        case reader(CheckedContinuation<[UInt8], any Error>, Result<[UInt8], any Error>)
        case writer(CheckedContinuation<Void, any Error>, Result<Void, any Error>)

        func up() {
            switch self {
            case .nobody: break
            case .reader(let continuation, let result): continuation.resume(with: result)
            case .writer(let continuation, let result): continuation.resume(with: result)
            }
        }
    }

    package let path: String
    private let line: TTYLine
    // Dispatch sources may be used from any thread; Linux's Dispatch does not say so in their types.
    private nonisolated(unsafe) let reading: any DispatchSourceRead
    private nonisolated(unsafe) let writing: any DispatchSourceWrite
    private nonisolated(unsafe) let timer: any DispatchSourceTimer
    private let state = Mutex(State())

    /// - Throws: `.portAbsent`, `.portDenied`, `.portBusy`, `.portFailed`; `.badInput` for an unknown baud rate.
    package static func open(path: String, baud: Int) throws(MintmarkError) -> TTYPort {
        let port = TTYPort(line: try TTYLine.open(path: path, baud: baud))
        port.start()
        return port
    }

    private init(line: consuming TTYLine) {
        path = line.path
        reading = DispatchSource.makeReadSource(fileDescriptor: line.descriptor, queue: Self.queue)
        writing = DispatchSource.makeWriteSource(fileDescriptor: line.descriptor, queue: Self.queue)
        timer = DispatchSource.makeTimerSource(queue: Self.queue)
        self.line = line
    }

    deinit { cancelSources() }

    private func start() {
        let descriptor = line.descriptor
        // The descriptor closes when the last of the two sources on it is gone.
        let group = DispatchGroup()
        group.enter()
        group.enter()
        reading.setCancelHandler { group.leave() }
        writing.setCancelHandler { group.leave() }
        group.notify(queue: Self.queue) { [weak self] in
            Glibc.close(descriptor)
            self?.release()
        }
        reading.setEventHandler { [weak self] in self?.drain() }
        writing.setEventHandler { [weak self] in self?.writeMore() }
        timer.setEventHandler { [weak self] in self?.expire() }
        reading.resume()
        timer.resume()
    }

    package func receive(by deadline: Deadline) async throws -> [UInt8] {
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { receive(by: deadline, stop, $0) }
        } onCancel: {
            stop.raise()
            wakeAll(CancellationError())
        }
    }

    package func send(_ bytes: [UInt8], by deadline: Deadline) async throws {
        if try sendNow(bytes) { return }
        let stop = StopFlag()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waitForRoom(by: deadline, stop, $0) }
        } onCancel: {
            stop.raise()
            wakeAll(CancellationError())
        }
    }

    /// Returns when the descriptor is closed and the port is free for the next opener.
    package func close() async {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if isFirst {
            line.restore()
            finish(MintmarkError(.portLost, "\(path) was closed", next: "Start the slot again."))
        }
        await withCheckedContinuation { continuation in
            let isGone = state.withLock { state in
                if !state.isGone { state.closers.append(continuation) }
                return state.isGone
            }
            if isGone { continuation.resume() }
        }
    }

    private func receive(
        by deadline: Deadline, _ stop: StopFlag, _ continuation: CheckedContinuation<[UInt8], any Error>
    ) {
        let wake = state.withLock { state -> Wake in
            guard state.reader == nil, state.writer == nil else {
                return .reader(continuation, .failure(twoCallers))
            }
            // A stop before this point found nobody to wake.
            if stop.isRaised { return .reader(continuation, .failure(CancellationError())) }
            if !state.received.isEmpty { return .reader(continuation, .success(state.takeReceived())) }
            if let end = state.end { return .reader(continuation, .failure(end)) }
            state.reader = continuation
            arm(&state, deadline)
            return .nobody
        }
        wake.up()
    }

    /// True when all went out; what did not is kept for the write source.
    private func sendNow(_ bytes: [UInt8]) throws -> Bool {
        try Task.checkCancellation()
        let fault = try state.withLock { state -> MintmarkError? in
            guard state.reader == nil, state.writer == nil else { throw twoCallers }
            if let end = state.end { throw end }
            state.unsent = bytes[...]
            return write(&state)
        }
        if let fault {
            finish(fault)
            throw fault
        }
        return state.withLock { $0.unsent.isEmpty }
    }

    private func waitForRoom(
        by deadline: Deadline, _ stop: StopFlag, _ continuation: CheckedContinuation<Void, any Error>
    ) {
        let wake = state.withLock { state -> Wake in
            if stop.isRaised { return .writer(continuation, .failure(CancellationError())) }
            if let end = state.end { return .writer(continuation, .failure(end)) }
            state.writer = continuation
            arm(&state, deadline)
            writing.resume()
            return .nobody
        }
        wake.up()
    }

    private func writeMore() {
        let (wake, fault) = state.withLock { state -> (Wake, MintmarkError?) in
            guard state.writer != nil else { return (.nobody, nil) }
            let fault = write(&state)
            guard fault == nil, state.unsent.isEmpty else { return (.nobody, fault) }
            return (takeWriter(&state, .success(())), nil)
        }
        wake.up()
        if let fault { finish(fault) }
    }

    /// Writes what the port takes now.
    private func write(_ state: inout State) -> MintmarkError? {
        while !state.unsent.isEmpty {
            let count = state.unsent.withUnsafeBytes { Glibc.write(line.descriptor, $0.baseAddress, $0.count) }
            let code = errno
            if count > 0 {
                state.unsent = state.unsent.dropFirst(count)
            } else if code == EAGAIN {
                return nil
            } else if code != EINTR {
                return PortFault.lost(path)
            }
        }
        return nil
    }

    private func drain() {
        let (wake, fault) = state.withLock { state -> (Wake, MintmarkError?) in
            guard state.end == nil else { return (.nobody, nil) }
            var fault = read(&state)
            if state.received.count > Self.maximumBacklog {
                fault = MintmarkError(
                    .deviceGarbled, "more than \(Self.maximumBacklog) bytes came unasked for on \(path)",
                    next: "Check the baud rate in the station file.")
            }
            guard !state.received.isEmpty, let reader = state.reader else { return (.nobody, fault) }
            state.reader = nil
            return (.reader(reader, .success(state.takeReceived())), fault)
        }
        wake.up()
        if let fault { finish(fault) }
    }

    /// Reads what has come; a fault when the device is gone.
    private func read(_ state: inout State) -> MintmarkError? {
        while true {
            let count = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { chunk in
                let count = Glibc.read(line.descriptor, chunk.baseAddress, chunk.count)
                if count > 0 {
                    state.received.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
                }
                return count
            }
            let code = errno
            if count == 4096 { continue }
            if count > 0 || count < 0 && (code == EAGAIN || code == EINTR) { return nil }
            return PortFault.lost(path)
        }
    }

    /// One timer a port; bytes that come in time leave it armed, and it finds nobody waiting.
    private func arm(_ state: inout State, _ deadline: Deadline) {
        state.deadline = deadline
        let left = (deadline - .now).components
        let nanoseconds = max(0, left.seconds) * 1_000_000_000 + max(0, left.attoseconds / 1_000_000_000)
        timer.schedule(deadline: .now() + .nanoseconds(Int(clamping: nanoseconds)), leeway: .milliseconds(1))
    }

    private func expire() {
        let isDue = state.withLock { state in
            guard state.reader != nil || state.writer != nil else { return false }
            if state.deadline > .now { arm(&state, state.deadline) }
            return state.deadline <= .now
        }
        guard isDue else { return }
        wakeAll(
            MintmarkError(
                .deviceSilent, "no answer on \(path)", next: "Check power and cable, then run the unit again."))
    }

    private func wakeAll(_ error: any Error) {
        let (reader, writer) = state.withLock { state -> (Wake, Wake) in
            var reader = Wake.nobody
            if let continuation = state.reader {
                state.reader = nil
                reader = .reader(continuation, .failure(error))
            }
            state.unsent = []
            return (reader, takeWriter(&state, .failure(error)))
        }
        reader.up()
        writer.up()
    }

    private func takeWriter(_ state: inout State, _ result: Result<Void, any Error>) -> Wake {
        guard let continuation = state.writer else { return .nobody }
        state.writer = nil
        writing.suspend()
        return .writer(continuation, result)
    }

    private func release() {
        let closers = state.withLock { state in
            state.isGone = true
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    private func finish(_ error: MintmarkError) {
        let isFirst = state.withLock { state in
            guard state.end == nil else { return false }
            state.end = error
            return true
        }
        guard isFirst else { return }
        wakeAll(error)
        cancelSources()
    }

    /// A suspended source would never run its cancel handler.
    private func cancelSources() {
        reading.cancel()
        timer.cancel()
        guard !writing.isCancelled else { return }
        writing.cancel()
        writing.resume()
    }

    private var twoCallers: MintmarkError {
        MintmarkError(.portBusy, "\(path) has two callers at once", next: "Report this as a bug.")
    }
}
