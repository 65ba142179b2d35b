// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Error {
    /// The error as ours: a cancelled task is a person's stop.
    var asMintmark: MintmarkError {
        if let error = self as? MintmarkError { return error }
        if self is CancellationError {
            return MintmarkError(.interrupted, "stopped by a person", next: "Start the unit again.")
        }
        return MintmarkError(.stationFault, "unforeseen: \(self)", next: "Report this as a bug.")
    }
}
