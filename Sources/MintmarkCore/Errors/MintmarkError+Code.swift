// SPDX-License-Identifier: Apache-2.0

extension MintmarkError {
    /// Stable name of a failure: stands in the ledger, in JSON lines and in docs/reference/errors.md.
    /// Cases are added, never renamed and never given another meaning.
    package enum Code: String, Sendable, CaseIterable {
        // What a person or a script gave us.
        case badInput = "bad-input"
        case badStationFile = "bad-station-file"
        case badTemplate = "bad-template"
        case badSecret = "bad-secret"
        case badArchive = "bad-archive"
        case archiveTwice = "archive-imported-twice"
        // The port.
        case portAbsent = "port-absent"
        case portBusy = "port-busy"
        case portDenied = "port-denied"
        case portLost = "port-lost"
        case portFailed = "port-failed"
        // The unit.
        case deviceSilent = "device-silent"
        case deviceGarbled = "device-garbled"
        case deviceRefused = "device-refused"
        case deviceRebooted = "device-rebooted"
        case echoDiffers = "echo-differs"
        case wrongMode = "wrong-mode"
        case wrongFirmware = "wrong-firmware"
        case wrongModel = "wrong-model"
        case alreadyLabelled = "already-labelled"
        case notLabelled = "not-labelled"
        case notTested = "not-tested"
        case macMissing = "mac-missing"
        case identityInUse = "identity-in-use"
        case identityChanged = "identity-changed"
        case readBackDiffers = "read-back-differs"
        case keyFileDiffers = "key-file-differs"
        case unitQuarantined = "unit-quarantined"
        case notConnected = "not-connected"
        case twinDiffers = "twin-differs"
        // The station.
        case poolEmpty = "pool-empty"
        case stationFault = "station-fault"
        // The cloud.
        case cloudUnreachable = "cloud-unreachable"
        case cloudTLS = "cloud-tls"
        case cloudSignIn = "cloud-sign-in"
        case cloudRefused = "cloud-refused"
        case cloudBusy = "cloud-busy"
        case cloudAnswerLost = "cloud-answer-lost"
        case cloudAnswerBad = "cloud-answer-bad"
        case sandboxMixUp = "sandbox-mix-up"
        // The ledger.
        case ledgerMissing = "ledger-missing"
        case ledgerLocked = "ledger-locked"
        case ledgerNewer = "ledger-newer"
        case ledgerFault = "ledger-fault"
        case ledgerRolledBack = "ledger-rolled-back"
        case ledgerForked = "ledger-forked"
        case headMissing = "head-missing"
        case witnessFailed = "witness-failed"
        case mirrorFault = "mirror-fault"
        case diskFull = "disk-full"
        // The person.
        case refused = "refused"
        case roleMissing = "role-missing"
        case interrupted = "interrupted"
        // What a station may do without its cloud.
        case outboxFull = "outbox-full"
    }
}
