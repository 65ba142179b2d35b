// SPDX-License-Identifier: Apache-2.0

extension EntryType {
    /// The body type of this entry type.
    package var payload: any EntryPayload.Type {
        switch self {
        case .logOpen: LogOpen.self
        case .logContinue: LogContinue.self
        case .sessionOpen: SessionOpen.self
        case .sessionClose: SessionClose.self
        case .dsnReserveIntent: DSNReserveIntent.self
        case .dsnReserveRefused: DSNReserveRefused.self
        case .dsnReserved: DSNReserved.self
        case .dsnUnknown: DSNUnknown.self
        case .dsnUnknownSettled: DSNUnknownSettled.self
        case .dsnUnknownDisproved: DSNUnknownDisproved.self
        case .dsnImport: DSNImport.self
        case .dsnAssigned: DSNAssigned.self
        case .dsnWritten: DSNWritten.self
        case .dsnBurned: DSNBurned.self
        case .dsnReturned: DSNReturned.self
        case .dsnReconciled: DSNReconciled.self
        case .runOpen: RunOpen.self
        case .runResult: RunResult.self
        case .runDated: RunDated.self
        case .stepIntent: StepIntent.self
        case .stepResult: StepResult.self
        case .twinChecked: TwinChecked.self
        case .registerIntent: RegisterIntent.self
        case .registerResult: RegisterResult.self
        case .registerUnknown: RegisterUnknown.self
        case .unitSeen: UnitSeen.self
        case .unitQuarantine: UnitQuarantine.self
        case .unitRelease: UnitRelease.self
        case .keyRotate: KeyRotate.self
        case .clockStep: ClockStep.self
        case .clockConfirmed: ClockConfirmed.self
        case .sandboxMark: SandboxMark.self
        case .fieldConfirmed: FieldConfirmed.self
        }
    }
}
