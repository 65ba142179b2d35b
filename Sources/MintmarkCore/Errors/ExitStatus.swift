// SPDX-License-Identifier: Apache-2.0

/// Exit status of the `mintmark` command. Numbers are a promise to scripts.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case pass = 0
    case unitFailed = 10
    case indeterminate = 11
    case batchPartlyFailed = 12
    case station = 20
    case cloud = 30
    case registrationQueued = 31
    case ledgerFault = 40
    case refused = 50
    case usage = 64
    case badConfiguration = 78
    case interrupted = 130

    /// One line for docs/reference/exit-status.md.
    package var meaning: String {
        switch self {
        case .pass: "every unit passed, or the command did what it was asked"
        case .unitFailed: "the unit failed, or was not the material this station works on"
        case .indeterminate: "it cannot be said whether a DSN or a secret reached the unit; the unit is in quarantine"
        case .batchPartlyFailed: "of several units some passed and some did not"
        case .station: "the station: a port, a permission, a lock, an empty DSN pool"
        case .cloud: "the cloud could not be reached, refused, or gave an answer that cannot be used"
        case .registrationQueued: "provisioned; the registration is still queued (only with --wait)"
        case .ledgerFault:
            "the ledger is missing, damaged, of a newer version or cannot be written, or a log does not agree with it"
        case .refused: "refused by an interlock or a role"
        case .usage: "wrong arguments or input"
        case .badConfiguration: "bad station file, template or secret file"
        case .interrupted: "interrupted by a person or a signal"
        }
    }

    /// Status of a command that ran several units: 130 > 40 > 20 > 11 > 12 > 10.
    ///
    /// `outcomes` holds every finished run; an empty list is `.pass`.
    package static func of(_ outcomes: [Outcome], fault: MintmarkError?) -> ExitStatus {
        if let fault {
            let status = fault.code.exitStatus
            if status != .unitFailed { return status }
        }
        let passed = outcomes.count { $0 == .pass }
        if outcomes.contains(.aborted) { return .interrupted }
        if outcomes.contains(.error) { return .station }
        if outcomes.contains(.indeterminate) { return .indeterminate }
        if passed == outcomes.count { return fault == nil ? .pass : .unitFailed }
        return passed > 0 ? .batchPartlyFailed : .unitFailed
    }
}

extension MintmarkError.Code {
    package var exitStatus: ExitStatus {
        switch self {
        case .badInput, .badArchive, .archiveTwice: .usage
        case .badStationFile, .badTemplate, .badSecret: .badConfiguration
        case .portAbsent, .portBusy, .portDenied, .portLost, .portFailed: .station
        case .deviceSilent, .deviceGarbled, .deviceRefused, .deviceRebooted, .echoDiffers, .wrongMode,
            .wrongFirmware, .wrongModel, .alreadyLabelled, .notLabelled, .notTested, .macMissing, .identityInUse,
            .identityChanged, .readBackDiffers, .keyFileDiffers, .notConnected, .twinDiffers:
            .unitFailed
        case .unitQuarantined: .indeterminate
        case .poolEmpty, .stationFault, .ledgerLocked, .mirrorFault: .station
        case .cloudUnreachable, .cloudTLS, .cloudSignIn, .cloudRefused, .cloudBusy, .cloudAnswerLost,
            .cloudAnswerBad, .sandboxMixUp, .witnessFailed:
            .cloud
        case .ledgerMissing, .ledgerNewer, .ledgerFault, .ledgerRolledBack, .ledgerForked, .headMissing, .diskFull:
            .ledgerFault
        case .refused, .roleMissing, .outboxFull: .refused
        case .interrupted: .interrupted
        }
    }
}
