// SPDX-License-Identifier: Apache-2.0

/// How one run on one unit ended.
package enum Outcome: String, Sendable, CaseIterable {
    /// Everything was written, read back after the final reset, and the ledger holds it.
    case pass
    /// The unit is bad.
    case fail
    /// Wrong material (firmware, model, mode, already labelled): not a bad unit, not in the yield.
    case blocked
    /// The station is at fault.
    case error
    /// A person stopped it before anything was written.
    case aborted
    /// It cannot be said whether a DSN or a secret arrived: the unit is in quarantine.
    case indeterminate
}

extension MintmarkError.Code {
    /// What this failure says about a unit whose step failed before or without a doubtful write.
    package var outcome: Outcome {
        switch self {
        case .wrongMode, .wrongFirmware, .wrongModel, .alreadyLabelled, .notLabelled: .blocked
        case .deviceSilent, .deviceGarbled, .deviceRefused, .deviceRebooted, .echoDiffers, .notTested, .macMissing,
            .identityInUse, .identityChanged, .readBackDiffers, .keyFileDiffers, .notConnected, .twinDiffers:
            .fail
        case .unitQuarantined: .indeterminate
        case .interrupted: .aborted
        case .badInput, .badStationFile, .badTemplate, .badSecret, .badArchive, .archiveTwice, .portAbsent, .portBusy,
            .portDenied, .portLost, .portFailed, .poolEmpty, .stationFault, .cloudUnreachable, .cloudTLS,
            .cloudSignIn, .cloudRefused, .cloudBusy, .cloudAnswerLost, .cloudAnswerBad, .sandboxMixUp, .ledgerMissing,
            .ledgerLocked, .ledgerNewer, .ledgerFault, .ledgerRolledBack, .ledgerForked, .headMissing, .witnessFailed,
            .mirrorFault, .diskFull, .refused, .roleMissing, .outboxFull:
            .error
        }
    }

    /// Whether the unit itself answered, so that the state of its last write is known.
    ///
    /// Everything else (silence, a cut cable, a stop) leaves a write in doubt.
    package var isConclusive: Bool {
        switch self {
        case .deviceRefused, .wrongMode, .wrongFirmware, .wrongModel, .alreadyLabelled, .notLabelled, .notTested,
            .macMissing, .identityInUse, .identityChanged, .readBackDiffers, .keyFileDiffers, .echoDiffers,
            .notConnected, .twinDiffers:
            true
        default: false
        }
    }
}
