// SPDX-License-Identifier: Apache-2.0

/// A `bc` module as a value: bytes and the time in, timed output out. No clock and no I/O.
///
/// Three layers: `factory` under `startup` under `running`. Setters change `running`; `save` copies it to `startup`, and
/// to `factory` while the mode at boot was not user mode; a reset brings back what was saved.
struct VirtualModule: Sendable {
    static let maximumLine = 1000

    let options: ModuleOptions
    var faults: UnitFaultPlan
    var factory: ModuleLayer
    var startup: ModuleLayer?
    var running: ModuleLayer
    /// Mode the module works in; a change shows at the next boot.
    var bootMode: ModuleMode
    var boots = 0
    var saves = 0
    var bootedAt: Int64 = 0
    /// Input before this time is lost: the module boots.
    var deafUntil: Int64 = 0
    /// Number of the Wi-Fi profile that `wifi` settings go to.
    var profile = 0
    /// `file start 0` was given since the boot.
    var hasStartedFile = false
    var isSilent = false
    /// `client test` was given since the boot.
    var isTest = false
    /// It has joined a network, or is at it.
    var isJoining = false
    /// Log lines that wait for the line being typed to end.
    var heldNoise = 0
    var random: ModuleRandom
    private var line: [UInt8] = []
    private var isEchoLate = false
    private var output: [ModuleOutput] = []

    init(_ options: ModuleOptions) {
        self.options = options
        faults = UnitFaultPlan(options.faults)
        factory = ModuleLayer(mode: options.startMode)
        running = factory
        bootMode = factory.mode
        random = ModuleRandom(seed: options.seed)
        if let label = options.label { wear(label) }
        if let oem = options.oem { wear(oem) }
        if faults.contains(.alreadyLabelled), options.label == nil { wear(.other) }
    }

    // MARK: - What the bench does to it

    /// Power on, as after a plug-in: the banner comes.
    mutating func powerOn(at now: Int64) -> [ModuleOutput] {
        boot(at: now)
        scheduleNoise(after: now)
        return takeOutput()
    }

    /// The module is on and idle at its prompt since long ago; no banner is printed.
    mutating func wake(at now: Int64) -> [ModuleOutput] {
        load()
        scheduleNoise(after: now)
        return takeOutput()
    }

    mutating func inject(_ fault: UnitFault) {
        faults.add(fault)
        faults.stand(atBoot: boots)
        if fault.kind == .alreadyLabelled { wear(.other) }
        if fault.kind.isStanding { setMode() }
    }

    /// Bytes that arrive at `now`.
    mutating func receive(_ bytes: some Sequence<UInt8>, at now: Int64) -> [ModuleOutput] {
        for byte in bytes { take(byte, at: now) }
        return takeOutput()
    }

    /// An event of the module's own making is due.
    mutating func happen(_ event: ModuleOutput.Event, at now: Int64) -> [ModuleOutput] {
        switch event {
        case .unplug: break
        case .restart: boot(at: now)
        case .noise:
            if now >= deafUntil, !isSilent {
                if line.isEmpty { logNoise(at: now) } else { heldNoise += 1 }
            }
            scheduleNoise(after: now)
        case .connect: break
        case .answered(let answer, let boot): if boot == boots, !isSilent { hear(answer, at: now) }
        }
        return takeOutput()
    }

    // MARK: - The line

    private mutating func take(_ byte: UInt8, at now: Int64) {
        guard now >= deafUntil, !isSilent else { return }
        if faults.stands(.updater) {
            if byte == UInt8(ascii: "\r") { say("\r\n<>", at: now) }
            return
        }
        switch byte {
        case 0x0D:
            if faults.strikes(.resetMidDialog, at: byte, behind: line) { return boot(at: now) }
            if faults.strikes(.lostLetter, at: byte, behind: line) { return }
            if faults.strikes(.echoLate, at: byte, behind: line) { isEchoLate = true }
            echo([0x0D, 0x0A], at: now)
            let text = String(decoding: line, as: UTF8.self)
            line.removeAll(keepingCapacity: true)
            faults.beginLine()
            isEchoLate = false
            while heldNoise > 0 {
                logNoise(at: now)
                heldNoise -= 1
            }
            finish(text, at: now)
        case 0x08, 0x7F:
            guard !line.isEmpty else { return }
            line.removeLast()
            if line.isEmpty { faults.beginLine() }
            echo([0x08, 0x20, 0x08], at: now)
        case 0x20..<0x7F where line.count < Self.maximumLine:
            if faults.strikes(.echoLate, at: byte, behind: line) { isEchoLate = true }
            if faults.strikes(.resetMidDialog, at: byte, behind: line) { return boot(at: now) }
            if faults.strikes(.lostLetter, at: byte, behind: line) { return }
            let flips = faults.strikes(.flippedByte, at: byte, behind: line)
            // The lowest bit, unless that would make a DEL.
            let taken = flips ? byte ^ (byte == 0x7E ? 2 : 1) : byte
            line.append(taken)
            echo([taken], at: now)
        default: break
        }
    }

    private mutating func echo(_ bytes: [UInt8], at now: Int64) {
        if !faults.stands(.echoOff) { emit(bytes, at: isEchoLate ? now + 2_000_000 : now) }
    }

    /// A line's end: the command runs and answers, unless a fault comes between.
    private mutating func finish(_ text: String, at now: Int64) {
        let time = now + options.replyTime
        if text.isEmpty { return prompt(at: time) }
        if faults.strikes(.unplug, at: text) { return output.append(ModuleOutput(due: now, event: .unplug)) }
        if faults.strikes(.silence, at: text) {
            isSilent = true
            return
        }
        if faults.strikes(.garbage, at: text) {
            for _ in 0..<64 { emit([UInt8.random(in: 128...255, using: &random)], at: time) }
            return
        }
        if faults.strikes(.logFlood, at: text) {
            for number in 1...50 { log("i", "wifi", "scan \(number): SSID bench signal -\(40 + number)", at: time) }
        }
        if faults.strikes(.logSaysFail, at: text) {
            for text in ["FAIL: self test note", "usage: note", "--> note", "setup-> ", "bc init done"] {
                log("i", "client", text, at: time)
            }
        }
        run(text, at: time)
    }

    // MARK: - Output

    mutating func log(_ severity: String, _ module: String, _ text: String, at time: Int64) {
        say("\(milliseconds(time)) \(severity) \(module): \(text)\r\n", at: time)
    }

    mutating func prompt(at time: Int64) { say(bootMode.prompt, at: time) }

    mutating func say(_ text: String, at time: Int64) { emit(text.utf8, at: time) }

    mutating func emit(_ bytes: some Collection<UInt8>, at time: Int64) {
        // Echoes come letter by letter; one output serves those of the same time.
        if let last = output.indices.last, output[last].due == time, output[last].event == nil {
            output[last].bytes += bytes
        } else {
            output.append(ModuleOutput(due: time, bytes: Array(bytes)))
        }
    }

    mutating func schedule(_ event: ModuleOutput.Event, at time: Int64) {
        output.append(ModuleOutput(due: time, event: event))
    }

    mutating func forgetLine() {
        line.removeAll(keepingCapacity: true)
        faults.beginLine()
        isEchoLate = false
        heldNoise = 0
    }

    func milliseconds(_ time: Int64) -> Int64 { max(0, time - bootedAt) / 1000 }

    private mutating func takeOutput() -> [ModuleOutput] {
        defer { output = [] }
        return output
    }
}
