// SPDX-License-Identifier: Apache-2.0

/// Boot, and what goes on without a command.
extension VirtualModule {
    var version: String { faults.stands(.wrongFirmware) ? "2.4.5" : options.firmware }

    var versionLine: String {
        faults.stands(.wrongFirmware)
            ? "bc \(version) 12/08/15 22:03:34 ID 77ab01e" : "bc \(version) 03/02/16 18:20:11 ID 5d1c0aa"
    }

    /// Restarts at `now`: what was not saved is gone, input is lost until the prompt.
    mutating func boot(at now: Int64) {
        boots += 1
        bootedAt = now
        forgetLine()
        isSilent = false
        load()
        let ready = now + options.bootTime
        deafUntil = ready
        if faults.stands(.updater) { return say("\r\n<>", at: ready) }
        if faults.stands(.bootLoop) {
            deafUntil = .max
            say("\r\n\(versionLine)\r\n", at: now + options.bootTime / 10)
            return schedule(.restart, at: now + options.bootTime * 10)
        }
        let isCut = faults.stands(.bannerCut)
        if !isCut { say("\r\n\(versionLine)\r\n", at: now + options.bootTime / 10) }
        let shown = faults.stands(.modeLineLies) ? ModuleMode.setup : bootMode
        if shown != .user { log("i", "mod", "\(shown.rawValue) mode", at: now + options.bootTime / 10 * 2) }
        if isCut { return }
        log("i", "mod", "bc init done", at: ready)
        prompt(at: ready)
    }

    /// Brings back what was saved.
    mutating func load() {
        faults.stand(atBoot: boots)
        running = startup ?? factory
        profile = 0
        hasStartedFile = false
        (isTest, isJoining) = (false, false)
        setMode()
    }

    mutating func setMode() {
        let isUser = faults.stands(.wrongMode) || faults.stands(.modeLineLies)
        bootMode = isUser ? .user : (startup ?? factory).mode
    }

    /// Writes a label into every layer, as if it had been written and saved long ago.
    mutating func wear(_ label: ModuleOptions.Label) {
        func labelled(_ layer: ModuleLayer) -> ModuleLayer {
            var layer = layer
            layer.id = [
                "serial": label.dsn, "dev_id": label.dsn, "model": label.model, "mfg_model": label.mfgModel,
                "mfg_serial": label.mfgSerial,
            ]
            layer.file0 = label.keyFile
            return layer
        }
        (factory, startup, running) = (labelled(factory), startup.map(labelled), labelled(running))
    }

    mutating func logNoise(at time: Int64) {
        let texts: [(String, String, String)] = [
            ("d", "sched", "next event in \(Int.random(in: 1...999, using: &random)) s"),
            ("i", "wifi", "scan: \(Int.random(in: 0...20, using: &random)) networks"),
            ("W", "wifi", "Wi-Fi connect to bench: SSID not found"),
            ("m", "client", "mem \(Int.random(in: 9000...19_999, using: &random))"),
        ]
        let (severity, module, text) = texts[Int.random(in: texts.indices, using: &random)]
        log(severity, module, text, at: time)
    }

    /// The time between two lines is random around its mean.
    mutating func scheduleNoise(after now: Int64) {
        guard options.noise > 0 else { return }
        let mean = 1_000_000 / options.noise
        schedule(.noise, at: now + Int64(Double.random(in: 0.1...1.9, using: &random) * mean))
    }
}
