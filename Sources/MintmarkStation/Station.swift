// SPDX-License-Identifier: Apache-2.0
package import Logging
package import MintmarkCore
package import MintmarkDevices

/// One bench: its file, ledger, cloud and ports. All writing goes through its commands, whoever calls them.
package final class Station: Sendable {
    /// The outside, as the executable or a test wires it.
    package struct Outside: Sendable {
        package var ledger: any Ledger
        package var service: any FactoryService
        /// Shows the digital twins; nil where the station's kind needs none.
        package var devices: (any DeviceService)?
        package var clock: any StationClock
        /// Whether the cloud is on this machine: it has the same clock, right or wrong.
        package var hasCloudsClock: Bool
        /// Opens a slot's port.
        package var openPort: @Sendable (SlotConfiguration) async throws -> any SerialPort
        /// Where dialogs run: the thread on which the ports' bytes arrive saves a change of threads at each answer.
        package var dialogExecutor: (any TaskExecutor)?
        package var setupKeys: SetupKeys
        /// Says whether somebody outside found the ledger rolled back or forked: then no run begins or writes.
        package var contradiction: Contradiction
        package var transcripts: TranscriptFolder
        package var logger: Logger
        package var tell: @Sendable (StationEvent) -> Void

        package init(
            ledger: any Ledger, service: any FactoryService, devices: (any DeviceService)? = nil,
            clock: any StationClock, hasCloudsClock: Bool = false,
            openPort: @escaping @Sendable (SlotConfiguration) async throws -> any SerialPort,
            dialogExecutor: (any TaskExecutor)? = nil, setupKeys: SetupKeys,
            contradiction: Contradiction = Contradiction(), transcripts: TranscriptFolder, logger: Logger,
            tell: @escaping @Sendable (StationEvent) -> Void
        ) {
            self.ledger = ledger
            self.service = service
            self.devices = devices
            self.clock = clock
            self.hasCloudsClock = hasCloudsClock
            self.openPort = openPort
            self.dialogExecutor = dialogExecutor
            self.setupKeys = setupKeys
            self.contradiction = contradiction
            self.transcripts = transcripts
            self.logger = logger
            self.tell = tell
        }
    }

    package let file: StationFile
    let outside: Outside
    let timing: ConsoleTiming
    let twinTiming: TwinTiming
    let active = ActiveUnits()
    package let outbox: Outbox
    package let refill: Refiller

    package init(
        file: StationFile, outside: Outside, timing: ConsoleTiming = ConsoleTiming(),
        twinTiming: TwinTiming = TwinTiming()
    ) {
        self.file = file
        self.outside = outside
        self.timing = timing
        self.twinTiming = twinTiming
        outbox = Outbox(outside)
        let model = file.template.moduleModel
        refill = Refiller(model: model, limits: file.pool, outside: outside) { count in
            _ = try await Self.reserveBatch(count, of: model, actor: "refill", outside)
        }
    }
}
