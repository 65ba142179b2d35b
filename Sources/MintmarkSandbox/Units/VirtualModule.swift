// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A `bc` module as a value: bytes and the time in, timed output out. No clock and no I/O.
///
/// Three layers: `factory` under `startup` under `running`. Setters change `running`; `save` copies it to `startup`, and
/// to `factory` while the mode at boot was not user mode; a reset brings back what was saved.
struct VirtualModule: Sendable {
    static let maximumLine = 1000

    var options: ModuleOptions
    private(set) var factory: ModuleLayer
    private(set) var startup: ModuleLayer?
    var running: ModuleLayer
    private(set) var bootMode: ModuleMode
    private(set) var boots = 0
    private(set) var saves = 0
    /// Faults that struck, in order, as their text.
    private(set) var fired: [String] = []
    var profile = 0
    private var hits: [String: Int] = [:]
    private var line: [UInt8] = []
    /// Input before this time is lost: the module boots.
    private var deafUntil: Int64 = 0
    private(set) var bootedAt: Int64 = 0
    private var isSilent = false
    private(set) var isUnplugged = false
    private var random: ModuleRandom
    private var output: [ModuleOutput] = []

    init(_ options: ModuleOptions) {
        var options = options
        var layer = ModuleLayer(mode: options.startMode)
        if options.faults.contains(where: { $0.kind == .alreadyLabelled }), options.label == nil {
            options.label = ModuleOptions.Label(
                dsn: "AC000W098700099", model: "AY001MTP1", mfgModel: "WD-201", mfgSerial: "wd-000001", keyFile: "")
        }
        if let label = options.label {
            layer.id = [
                "serial": label.dsn, "dev_id": label.dsn, "model": label.model, "mfg_model": label.mfgModel,
                "mfg_serial": label.mfgSerial,
            ]
            layer.file0 = label.keyFile
        }
        if options.faults.contains(where: { $0.kind == .wrongMode }) { layer.mode = .user }
        self.options = options
        factory = layer
        running = layer
        bootMode = layer.mode
        random = ModuleRandom(seed: options.seed)
    }

    // MARK: - What the bench does to it

    /// Power on, as after a plug-in: the banner comes.
    mutating func powerOn(at now: Int64) -> [ModuleOutput] {
        boot(at: now)
        return takeOutput()
    }

    /// The module is on and idle at its prompt since long ago; nothing is printed.
    mutating func wake() {
        running = startup ?? factory
        bootMode = running.mode
    }

    mutating func inject(_ fault: UnitFault) { options.faults.append(fault) }

    /// Bytes that arrive at `now`.
    mutating func receive(_ bytes: [UInt8], at now: Int64) -> [ModuleOutput] {
        for byte in bytes { take(byte, at: now) }
        return takeOutput()
    }

    // MARK: - The line

    private mutating func take(_ byte: UInt8, at now: Int64) {
        guard now >= deafUntil, !isSilent, !isUnplugged else { return }
        if options.faults.contains(where: { $0.kind == .updater }) { return say("<>", at: now) }
        switch byte {
        case 0x0D:
            echo([0x0D, 0x0A], at: now)
            let text = String(decoding: line, as: UTF8.self)
            line.removeAll(keepingCapacity: true)
            finish(text, at: now)
        case 0x08, 0x7F:
            guard !line.isEmpty else { return }
            line.removeLast()
            echo([0x08, 0x20, 0x08], at: now)
        case 0x20..<0x7F where line.count < Self.maximumLine:
            guard let byte = damaged(byte, at: now) else { return }
            line.append(byte)
            echo([byte], at: now)
            if let fault = strike(.resetMidDialog, on: lineText, whenComplete: true) {
                fire(fault)
                boot(at: now)
            }
        default: break
        }
    }

    private var lineText: String { String(decoding: line, as: UTF8.self) }

    /// The byte as it reaches the module, or nil when it does not.
    private mutating func damaged(_ byte: UInt8, at now: Int64) -> UInt8? {
        if let fault = strike(.lostLetter, on: lineText, whenComplete: true) {
            fire(fault)
            return nil
        }
        if let fault = strike(.flippedByte, on: lineText, whenComplete: true) {
            fire(fault)
            return byte == UInt8(ascii: "q") ? UInt8(ascii: "z") : UInt8(ascii: "q")
        }
        return byte
    }

    private mutating func echo(_ bytes: [UInt8], at now: Int64) {
        if options.faults.contains(where: { $0.kind == .echoOff }) { return }
        let isLate = strike(.echoLate, on: lineText, whenComplete: false) != nil
        output.append(ModuleOutput(due: isLate ? now + 2_000_000 : now, act: .bytes(bytes)))
    }

    /// A line's end: the command runs and answers.
    private mutating func finish(_ text: String, at now: Int64) {
        guard !text.isEmpty else { return prompt(at: now + options.replyTime) }
        let time = now + options.replyTime
        if let fault = strike(.unplug, on: text) {
            fire(fault)
            isUnplugged = true
            return output.append(ModuleOutput(due: now, act: .unplug))
        }
        if let fault = strike(.silence, on: text) {
            fire(fault)
            isSilent = true
            return
        }
        if let fault = strike(.garbage, on: text) {
            fire(fault)
            var noise: [UInt8] = []
            for _ in 0..<64 { noise.append(UInt8.random(in: 128...255, using: &random)) }
            return output.append(ModuleOutput(due: time, act: .bytes(noise)))
        }
        for fault in [strike(.logFlood, on: text), strike(.logSaysFail, on: text)].compactMap(\.self) {
            fire(fault)
            logs(of: fault.kind, at: time)
        }
        run(text, at: time)
    }

    private mutating func logs(of kind: UnitFault.Kind, at time: Int64) {
        guard kind == .logSaysFail else {
            for number in 1...50 { log("i", "wifi", "scan \(number): SSID bench signal -\(40 + number)", at: time) }
            return
        }
        for text in ["FAIL: self test note", "usage: note", "--> note", "setup-> ", "bc init done"] {
            log("i", "client", text, at: time)
        }
    }

    // MARK: - Commands

    private mutating func run(_ text: String, at time: Int64) {
        let words = ModuleWords.split(text)
        switch words.first {
        case "reset":
            if words.count > 1, words[1] == "factory" {
                startup = nil
            } else if words.count > 1 {
                return reply(["usage: reset [factory]"], to: text, at: time)
            }
            boot(at: time)
        case "save": save(text, at: time)
        default:
            let lies = strike(.lyingSetter, on: text)
            let before = (running, profile)
            let lines = answer(words, at: time)
            if let lies, lines.isEmpty {
                fire(lies)
                (running, profile) = before
            }
            reply(lines, to: text, at: time)
        }
    }

    private mutating func save(_ text: String, at time: Int64) {
        let end = time + options.saveTime
        if let fault = strike(.resetInSave, on: text) {
            fire(fault)
            return boot(at: end)
        }
        if let fault = strike(.saveLies, on: text) {
            fire(fault)
        } else {
            startup = running
            if bootMode != .user { factory = running }
        }
        saves += 1
        log("i", "conf", "configuration saved", at: end)
        reply([], to: text, at: end)
    }

    private mutating func reply(_ lines: [String], to text: String, at time: Int64) {
        var bytes: [UInt8] = []
        let splits = strike(.logInLine, on: text)
        for (index, line) in lines.enumerated() {
            if let splits, index == lines.count - 1 {
                fire(splits)
                let middle = line.utf8.count / 2
                bytes += line.utf8.prefix(middle)
                bytes += "\(milliseconds(time)) W wifi: scan failed\r\n".utf8
                bytes += line.utf8.dropFirst(middle)
            } else {
                bytes += line.utf8
            }
            bytes += [0x0D, 0x0A]
        }
        if let fault = strike(.damagedReply, on: text), bytes.count > 4 {
            fire(fault)
            bytes[bytes.count - 4] ^= 1
        }
        output.append(ModuleOutput(due: time, act: .bytes(bytes)))
        noise(at: time)
        prompt(at: time)
        if let fault = strike(.logBehindPrompt, on: text) {
            fire(fault)
            log("i", "client", "ada_client_up: IP 192.168.1.44", at: time)
        }
    }

    mutating func log(_ severity: String, _ module: String, _ text: String, at time: Int64) {
        say("\(milliseconds(time)) \(severity) \(module): \(text)\r\n", at: time)
    }

    private mutating func noise(at time: Int64) {
        guard options.noise > 0, Double.random(in: 0..<1, using: &random) < options.noise / 20 else { return }
        log("d", "sched", "next event in \(Int.random(in: 1...999, using: &random)) s", at: time)
    }

    private mutating func prompt(at time: Int64) {
        say(bootMode == .user || modeLies ? ModuleMode.user.prompt : bootMode.prompt, at: time)
    }

    private var modeLies: Bool { options.faults.contains { $0.kind == .modeLineLies } }

    private mutating func say(_ text: String, at time: Int64) {
        output.append(ModuleOutput(due: time, act: .bytes(Array(text.utf8))))
    }

    private func milliseconds(_ time: Int64) -> Int64 { max(0, time - bootedAt) / 1000 }

    // MARK: - Boot

    private mutating func boot(at now: Int64) {
        boots += 1
        bootedAt = now
        line.removeAll()
        running = startup ?? factory
        bootMode = running.mode
        profile = 0
        let ready = now + options.bootTime
        deafUntil = ready
        let standing = Set(options.faults.map(\.kind))
        for fault in options.faults where fault.kind.isStanding && boots == 1 { fire(fault) }
        if standing.contains(.updater) { return say("\r\n<>", at: ready) }
        let version = standing.contains(.wrongFirmware) ? "2.4.5" : options.firmware
        if !standing.contains(.bannerCut) {
            say("\r\nbc \(version) 03/02/16 18:20:11 ID 5d1c0aa\r\n", at: now + options.bootTime / 10)
        }
        if standing.contains(.bootLoop) {
            deafUntil = .max
            return output.append(ModuleOutput(due: ready, act: .bytes([])))
        }
        let shown = modeLies ? ModuleMode.setup : bootMode
        if shown != .user { log("i", "mod", "\(shown.rawValue) mode", at: now + options.bootTime / 10 * 2) }
        if standing.contains(.bannerCut) { return }
        log("i", "mod", "bc init done", at: ready)
        prompt(at: ready)
    }

    // MARK: - Faults

    /// The fault of this kind that strikes at this line now, if any. Counts occurrences of the fault's command.
    ///
    /// With `whenComplete` the line is still being typed: it strikes once the command is there and one letter more
    /// than three is to come, so that a letter in the middle of a secret is hit.
    mutating func strike(_ kind: UnitFault.Kind, on text: String, whenComplete: Bool = false) -> UnitFault? {
        for fault in options.faults where fault.kind == kind && text.hasPrefix(fault.command) {
            if whenComplete, text.utf8.count != fault.command.utf8.count + 5 { continue }
            let key = "\(kind.rawValue)@\(fault.command)"
            hits[key, default: 0] += 1
            if fault.occurrence == 0 || hits[key] == fault.occurrence { return fault }
        }
        return nil
    }

    mutating func fire(_ fault: UnitFault) {
        fired.append(fault.command.isEmpty ? fault.kind.rawValue : "\(fault.kind.rawValue)@\(fault.command)")
    }

    func has(_ kind: UnitFault.Kind) -> Bool { options.faults.contains { $0.kind == kind } }

    private mutating func takeOutput() -> [ModuleOutput] {
        defer { output = [] }
        return output
    }
}
