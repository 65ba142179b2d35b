// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Glibc
package import MintmarkCore

/// Virtual modules behind real pseudo terminals, all on one queue: no thread a unit, no polling.
///
/// Each seat has a stable name, a symbolic link in the bench's folder, whatever pty is behind it at the moment.
package final class UnitBench: @unchecked Sendable {
    package struct Configuration: Sendable {
        /// Folder of the links `unit-1`, `unit-2`, …; made if missing.
        package var folder: String
        package var units: [ModuleOptions]
        /// Line speed that the wire keeps to; nil is a wire without delay.
        package var baud: Int?
        /// Brings a module's first call to a cloud; nil is a bench without a network.
        package var connect: (@Sendable (ModuleConnection) async -> ModuleConnection.Answer)?

        package init(
            folder: String, units: [ModuleOptions], baud: Int? = nil,
            connect: (@Sendable (ModuleConnection) async -> ModuleConnection.Answer)? = nil
        ) {
            self.folder = folder
            self.units = units
            self.baud = baud
            self.connect = connect
        }
    }

    private let queue = DispatchQueue(label: "mintmark.sandbox.units")
    private let timer: any DispatchSourceTimer
    private let configuration: Configuration
    /// Touched on the queue only.
    private var seats: [UnitSeat] = []
    private var armedFor = Int64.max

    package init(_ configuration: Configuration) {
        self.configuration = configuration
        timer = DispatchSource.makeTimerSource(queue: queue)
    }

    /// Makes the ptys and links. The modules are on and sit silent at their prompts.
    ///
    /// - Throws: `.stationFault` when a pty or a link cannot be made.
    package func start() throws(MintmarkError) {
        if mkdir(configuration.folder, 0o700) != 0, errno != EEXIST {
            throw UnitSeat.fault("make", configuration.folder)
        }
        for (index, options) in configuration.units.enumerated() {
            let link = "\(configuration.folder)/unit-\(index + 1)"
            seats.append(
                UnitSeat(
                    module: VirtualModule(options), link: link, baud: configuration.baud, at: Self.now,
                    connect: { [weak self] in self?.connect($0, boot: $1, from: index) }))
        }
        timer.setEventHandler { [weak self] in self?.tick() }
        timer.resume()
        for number in 1...seats.count { try replug(number) }
    }

    package func stop() {
        queue.sync {
            for seat in seats { seat.unplug() }
            timer.cancel()
        }
    }

    package var count: Int { configuration.units.count }

    /// Link of a unit, counted from 1.
    package func path(_ number: Int) -> String { "\(configuration.folder)/unit-\(number)" }

    package func state(of number: Int) -> ModuleState { onQueue(number) { $0.module.state } }

    package func inject(_ fault: UnitFault, into number: Int) { onQueue(number) { $0.module.inject(fault) } }

    /// Power off and on: the boot banner comes.
    package func powerCycle(_ number: Int) {
        onQueue(number) { seat in
            seat.powerOn(at: Self.now)
            arm()
        }
    }

    /// Makes the unit what it was when the bench began.
    package func renew(_ number: Int) {
        onQueue(number) { seat in
            seat.renew(at: Self.now)
            arm()
        }
    }

    /// Microseconds for which the unit has waited for the station since it began, and how many times.
    ///
    /// It is what a station adds to the time of the wire and of the unit.
    package func waited(_ number: Int) -> (time: Int64, count: Int) { onQueue(number) { $0.waited } }

    /// Pulls the cable of a unit.
    package func unplug(_ number: Int) { onQueue(number) { $0.unplug() } }

    /// Puts the cable back: another pty behind the same link, the unit as it was.
    package func replug(_ number: Int) throws(MintmarkError) {
        let result = onQueue(number) { seat in
            Result { () throws(MintmarkError) in
                seat.unplug()
                try seat.plug()
                listen(seat)
                arm()
            }
        }
        try result.get()
    }

    /// Puts another module into the seat and switches it on; the one that sat there comes out.
    @discardableResult
    package func swap(_ number: Int, with module: ParkedModule) -> ParkedModule {
        onQueue(number) { seat in
            defer {
                seat.module = module.module
                seat.powerOn(at: Self.now)
                arm()
            }
            return ParkedModule(module: seat.module)
        }
    }

    /// Two units change seats; both are switched off and on.
    package func swap(_ number: Int, and other: Int) {
        let first = onQueue(number) { $0.module }
        let second = swap(other, with: ParkedModule(module: first))
        swap(number, with: second)
    }

    private func onQueue<Answer>(_ number: Int, _ body: (UnitSeat) -> Answer) -> Answer {
        queue.sync { body(seats[number - 1]) }
    }

    private func listen(_ seat: UnitSeat) {
        seat.listen(on: queue) { [weak self] in
            guard let self else { return }
            seat.read(at: Self.now)
            seat.advance(to: Self.now)
            arm()
        }
    }

    /// Asks the cloud outside the queue; the module hears of it as soon as the answer is there.
    private func connect(_ connection: ModuleConnection, boot: Int, from index: Int) {
        guard let connect = configuration.connect else { return hear(.noNetwork, boot, at: index) }
        Task {
            let answer = await connect(connection)
            queue.async { self.hear(answer, boot, at: index) }
        }
    }

    private func hear(_ answer: ModuleConnection.Answer, _ boot: Int, at index: Int) {
        seats[index].answer(answer, boot, at: Self.now)
        arm()
    }

    private func tick() {
        armedFor = .max
        let now = Self.now
        for seat in seats { seat.advance(to: now) }
        arm()
    }

    /// One timer for all seats, set to the next thing that is due.
    private func arm() {
        let due = seats.reduce(Int64.max) { min($0, $1.nextDue) }
        guard due < armedFor else { return }
        armedFor = due
        let wait = max(0, due - Self.now)
        timer.schedule(deadline: .now() + .microseconds(Int(clamping: wait)), leeway: .microseconds(50))
    }

    /// Microseconds of the monotonic clock.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

/// A module that sits in no seat, without power.
package struct ParkedModule: Sendable {
    let module: VirtualModule

    init(module: VirtualModule) { self.module = module }

    package init(_ options: ModuleOptions) { module = VirtualModule(options) }

    package var state: ModuleState { module.state }
}
