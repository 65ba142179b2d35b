// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Glibc
package import MintmarkCore

/// A device's serial port. All ports share one queue, on which nothing ever blocks.
///
/// The queue is the isolation: every stored variable is touched on it only. A reader or writer that has to wait leaves
/// a continuation, which bytes, the deadline, a lost cable or cancellation resume, whichever comes first.
package final class TTYPort: SerialPort, @unchecked Sendable {
    /// Bytes kept for a caller who is slow to fetch them; beyond it the port fails rather than drops.
    static let maximumBacklog = 1 << 20

    private static let queue = DispatchQueue(label: "mintmark.serial")

    package let path: String
    private let line: TTYLine
    private let reading: any DispatchSourceRead
    private let timer: any DispatchSourceTimer
    private var writing: (any DispatchSourceWrite)?
    private var received: [UInt8] = []
    private var reader: CheckedContinuation<[UInt8], any Error>?
    private var writer: CheckedContinuation<Void, any Error>?
    private var unsent: ArraySlice<UInt8> = []
    private var deadline = Deadline.now
    /// The first fault; every later call gets it again.
    private var end: MintmarkError?
    private var isClosed = false
    private var isGone = false
    private var closers: [CheckedContinuation<Void, Never>] = []

    /// - Throws: `.portAbsent`, `.portDenied`, `.portBusy`, `.portFailed`; `.badInput` for an unknown baud rate.
    package static func open(path: String, baud: Int) throws(MintmarkError) -> TTYPort {
        let port = TTYPort(line: try TTYLine.open(path: path, baud: baud))
        port.start()
        return port
    }

    private init(line: consuming TTYLine) {
        path = line.path
        reading = DispatchSource.makeReadSource(fileDescriptor: line.descriptor, queue: Self.queue)
        timer = DispatchSource.makeTimerSource(queue: Self.queue)
        self.line = line
    }

    deinit {
        // Dispatch keeps the sources alive until their cancel handlers ran; the descriptor closes there.
        reading.cancel()
        timer.cancel()
    }

    private func start() {
        let descriptor = line.descriptor
        reading.setEventHandler { [weak self] in self?.drain() }
        reading.setCancelHandler { [weak self] in
            Glibc.close(descriptor)
            self?.release()
        }
        timer.setEventHandler { [weak self] in self?.expire() }
        reading.resume()
        timer.resume()
    }

    package func receive(by deadline: Deadline) async throws -> [UInt8] {
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Self.queue.async { self.receive(by: deadline, stop, continuation) }
            }
        } onCancel: {
            stop.raise()
            Self.queue.async { self.wake(CancellationError()) }
        }
    }

    package func send(_ bytes: [UInt8], by deadline: Deadline) async throws {
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Self.queue.async { self.send(bytes, by: deadline, stop, continuation) }
            }
        } onCancel: {
            stop.raise()
            Self.queue.async { self.wake(CancellationError()) }
        }
    }

    /// Returns when the descriptor is closed and the port is free for the next opener.
    package func close() async {
        await withCheckedContinuation { continuation in
            Self.queue.async {
                if !self.isClosed {
                    self.isClosed = true
                    self.line.restore()
                    self.finish(
                        MintmarkError(.portLost, "\(self.path) was closed", next: "Start the slot again."))
                }
                if self.isGone { continuation.resume() } else { self.closers.append(continuation) }
            }
        }
    }

    // On the queue from here on.

    private func receive(
        by deadline: Deadline, _ stop: StopFlag, _ continuation: CheckedContinuation<[UInt8], any Error>
    ) {
        guard reader == nil, writer == nil else { return continuation.resume(throwing: twoCallers) }
        // A stop before this point found nobody to wake.
        guard !stop.isRaised else { return continuation.resume(throwing: CancellationError()) }
        if !received.isEmpty { return continuation.resume(returning: takeReceived()) }
        if let end { return continuation.resume(throwing: end) }
        reader = continuation
        arm(deadline)
    }

    private func send(
        _ bytes: [UInt8], by deadline: Deadline, _ stop: StopFlag, _ continuation: CheckedContinuation<Void, any Error>
    ) {
        guard reader == nil, writer == nil else { return continuation.resume(throwing: twoCallers) }
        guard !stop.isRaised else { return continuation.resume(throwing: CancellationError()) }
        if let end { return continuation.resume(throwing: end) }
        unsent = bytes[...]
        writeOn()
        if let end { return continuation.resume(throwing: end) }
        if unsent.isEmpty { return continuation.resume() }
        writer = continuation
        let source = DispatchSource.makeWriteSource(fileDescriptor: line.descriptor, queue: Self.queue)
        source.setEventHandler { [weak self] in self?.writeMore() }
        source.resume()
        writing = source
        arm(deadline)
    }

    private func writeMore() {
        writeOn()
        guard unsent.isEmpty, let continuation = writer else { return }
        stopWriting()
        continuation.resume()
    }

    /// Writes what the port takes now.
    private func writeOn() {
        while !unsent.isEmpty, end == nil {
            let count = unsent.withUnsafeBytes { Glibc.write(line.descriptor, $0.baseAddress, $0.count) }
            let code = errno
            if count > 0 {
                unsent = unsent.dropFirst(count)
            } else if code == EAGAIN {
                return
            } else if code != EINTR {
                finish(PortFault.lost(path))
            }
        }
    }

    private func drain() {
        while end == nil {
            let count = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { chunk in
                let count = read(line.descriptor, chunk.baseAddress, chunk.count)
                if count > 0 { received.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count])) }
                return count
            }
            let code = errno
            if count == 4096 { continue }
            if count > 0 || count < 0 && (code == EAGAIN || code == EINTR) { break }
            finish(PortFault.lost(path))
        }
        if received.count > Self.maximumBacklog {
            finish(
                MintmarkError(
                    .deviceGarbled, "more than \(Self.maximumBacklog) bytes came unasked for on \(path)",
                    next: "Check the baud rate in the station file."))
        }
        if !received.isEmpty, let continuation = reader {
            reader = nil
            continuation.resume(returning: takeReceived())
        }
    }

    private func takeReceived() -> [UInt8] {
        defer { received = [] }
        return received
    }

    /// One timer a port; bytes that come in time leave it armed, and it finds nobody waiting.
    private func arm(_ deadline: Deadline) {
        self.deadline = deadline
        let left = (deadline - .now).components
        let nanoseconds = max(0, left.seconds) * 1_000_000_000 + max(0, left.attoseconds / 1_000_000_000)
        timer.schedule(deadline: .now() + .nanoseconds(Int(clamping: nanoseconds)), leeway: .milliseconds(1))
    }

    private func expire() {
        guard reader != nil || writer != nil else { return }
        guard deadline <= .now else { return arm(deadline) }
        wake(
            MintmarkError(
                .deviceSilent, "no answer on \(path)", next: "Check power and cable, then run the unit again."))
    }

    private func wake(_ error: any Error) {
        if let continuation = reader {
            reader = nil
            continuation.resume(throwing: error)
        }
        if let continuation = writer {
            stopWriting()
            unsent = []
            continuation.resume(throwing: error)
        }
    }

    private func stopWriting() {
        writer = nil
        writing?.cancel()
        writing = nil
    }

    private func release() {
        isGone = true
        for closer in closers { closer.resume() }
        closers = []
    }

    private func finish(_ error: MintmarkError) {
        guard end == nil else { return }
        end = error
        reading.cancel()
        timer.cancel()
        if received.isEmpty || writer != nil { wake(error) }
    }

    private var twoCallers: MintmarkError {
        MintmarkError(.portBusy, "\(path) has two callers at once", next: "Report this as a bug.")
    }
}
