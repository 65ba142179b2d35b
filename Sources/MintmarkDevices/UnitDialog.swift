// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The conversation that provisions one unit, step by step. Knows the device, not the ledger and not the cloud.
///
/// One task uses it: the runner performs the plan's steps in order and, before the first one that writes, hands over
/// what the station decided.
package protocol UnitDialog: AnyObject {
    var plan: [PlannedStep] { get }
    /// What is known of the unit so far.
    var facts: UnitFacts { get }
    var transcript: Transcript { get }

    /// - Throws: `MintmarkError` with the manufacturing log's err_code, or `CancellationError`.
    func perform(_ step: PlannedStep) async throws

    /// Hands over the DSN and serial number to write. Only `label` dialogs take one.
    func take(_ identity: AssignedIdentity)

    /// The unit holds all of it already, from a run that was broken off: it is only read back.
    func finish()
}

/// What a unit told of itself in this run.
package struct UnitFacts: Sendable, Equatable {
    package var identity: UnitIdentity?
    /// Version word of the boot banner.
    package var firmware: String?
    /// Prompt after the first reset.
    package var mode: ConsolePrompt?

    package init() {}
}

/// What a `label` station gives a unit.
package struct AssignedIdentity: Sendable, Equatable {
    package let dsn: DSN
    /// The key file's text: base64 of the public key's DER.
    package let keyFile: String
    package let mfgSerial: String

    package init(dsn: DSN, keyFile: String, mfgSerial: String) {
        self.dsn = dsn
        self.keyFile = keyFile
        self.mfgSerial = mfgSerial
    }
}
