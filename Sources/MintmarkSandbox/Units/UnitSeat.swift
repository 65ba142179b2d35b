// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Glibc
internal import MintmarkCore

/// One seat of the bench: a module, its wire in both directions, and the pty a station opens. On the bench's queue only.
final class UnitSeat {
    var module: VirtualModule
    /// The module as it was when the bench began.
    private let initial: VirtualModule
    /// Microseconds in which the unit had said everything and the station had not spoken yet, and how often that was.
    private(set) var waited: (time: Int64, count: Int) = (0, 0)
    /// When the last byte went out, while nothing else is on its way.
    private var silentSince: Int64?
    private let link: String
    /// Brings a module's request to the cloud.
    private let connect: (ModuleConnection, _ boot: Int) -> Void
    private var primary: CInt = -1
    /// Held open, so that a station that comes and goes is no hang-up to us.
    private var replica: CInt = -1
    private var source: (any DispatchSourceRead)?
    private var inward: WirePacing
    private var outward: WirePacing
    /// On its way to the module, in order.
    private var arriving: [(due: Int64, bytes: ArraySlice<UInt8>)] = []
    /// What the module will do, by time.
    private var pending: [ModuleOutput] = []
    /// On its way to the station, in order.
    private var leaving: [(due: Int64, bytes: ArraySlice<UInt8>)] = []

    init(
        module: VirtualModule, link: String, baud: Int?, at now: Int64,
        connect: @escaping (ModuleConnection, _ boot: Int) -> Void
    ) {
        self.connect = connect
        self.module = module
        initial = module
        self.link = link
        inward = WirePacing(baud: baud)
        outward = WirePacing(baud: baud)
        let outputs = self.module.wake(at: now)
        enqueue(outputs)
    }

    /// A new pty behind the link.
    func plug() throws(MintmarkError) {
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&primary, &replica, &name, nil, nil) == 0 else { throw Self.fault("make a pty for", link) }
        var settings = termios()
        tcgetattr(replica, &settings)
        cfmakeraw(&settings)
        tcsetattr(replica, TCSANOW, &settings)
        _ = fcntl(primary, F_SETFL, fcntl(primary, F_GETFL) | O_NONBLOCK)
        _ = fcntl(primary, F_SETFD, FD_CLOEXEC)
        _ = fcntl(replica, F_SETFD, FD_CLOEXEC)
        unlink(link)
        guard symlink(name, link) == 0 else { throw Self.fault("link", link) }
    }

    func listen(on queue: DispatchQueue, _ ready: @escaping () -> Void) {
        let descriptor = primary
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler(handler: DispatchWorkItem(block: ready))
        source.setCancelHandler { close(descriptor) }
        source.resume()
        self.source = source
    }

    /// Pulls the cable. The module stays on; what was on the wire is gone.
    func unplug() {
        guard primary >= 0 else { return }
        source?.cancel()
        source = nil
        close(replica)
        (primary, replica) = (-1, -1)
        (arriving, leaving) = ([], [])
        unlink(link)
    }

    func powerOn(at now: Int64) {
        (arriving, pending) = ([], [])
        enqueue(module.powerOn(at: now))
    }

    /// The module as it was when the bench began, at its prompt; what was waited is forgotten.
    func renew(at now: Int64) {
        module = initial
        (arriving, pending, leaving) = ([], [], [])
        (waited, silentSince) = ((0, 0), nil)
        enqueue(module.wake(at: now))
    }

    /// Takes what the station has sent.
    func read(at now: Int64) {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(primary, &chunk, chunk.count)
        guard count > 0 else { return }
        if let since = silentSince { waited = (waited.time + now - since, waited.count + 1) }
        silentSince = nil
        var rest = chunk[..<count]
        for piece in inward.schedule(count: count, at: now) {
            arriving.append((piece.due, rest.prefix(piece.count)))
            rest = rest.dropFirst(piece.count)
        }
    }

    /// Does everything that is due.
    func advance(to now: Int64) {
        while true {
            let (input, act, output) = (
                arriving.first?.due ?? .max, pending.first?.due ?? .max, leaving.first?.due ?? .max
            )
            let due = min(input, act, output)
            guard due <= now else { return }
            if output == due {
                send(leaving.removeFirst().bytes)
            } else if act == due {
                perform(pending.removeFirst())
            } else {
                enqueue(module.receive(arriving.removeFirst().bytes, at: due))
            }
        }
    }

    var nextDue: Int64 {
        min(arriving.first?.due ?? .max, pending.first?.due ?? .max, leaving.first?.due ?? .max)
    }

    private func enqueue(_ outputs: [ModuleOutput]) {
        for output in outputs {
            let index = (pending.lastIndex { $0.due <= output.due }).map { $0 + 1 } ?? 0
            pending.insert(output, at: index)
        }
    }

    private func perform(_ output: ModuleOutput) {
        switch output.event {
        case .unplug: unplug()
        case .connect(let connection, let boot): connect(connection, boot)
        case .restart, .noise, .answered:
            if let event = output.event { enqueue(module.happen(event, at: output.due)) }
        case nil:
            var rest = output.bytes[...]
            for piece in outward.schedule(count: rest.count, at: output.due) {
                leaving.append((piece.due, rest.prefix(piece.count)))
                rest = rest.dropFirst(piece.count)
            }
        }
    }

    /// What the cloud says to the module, at `now`.
    func answer(_ answer: ModuleConnection.Answer, _ boot: Int, at now: Int64) {
        enqueue([ModuleOutput(due: now, event: .answered(answer, boot: boot))])
    }

    /// What a full pty or a missing cable does not take is lost, as on a line without flow control.
    private func send(_ bytes: ArraySlice<UInt8>) {
        guard primary >= 0 else { return }
        _ = bytes.withUnsafeBytes { write(primary, $0.baseAddress, $0.count) }
        silentSince = nextDue == .max ? UnitBench.now : nil
    }

    static func fault(_ call: String, _ path: String) -> MintmarkError {
        let code = errno
        return MintmarkError(
            .stationFault, "cannot \(call) \(path): \(String(cString: strerror(code)))",
            next: "Check the folder's rights.", errno: code)
    }
}
