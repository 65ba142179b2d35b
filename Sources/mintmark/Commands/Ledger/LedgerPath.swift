// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkStation

/// A ledger given by itself or by its station file.
enum LedgerPath {
    static func of(_ path: String) throws(MintmarkError) -> String {
        isStationFile(path) ? try StationFiles.station(path).ledger : path
    }

    /// The mirror that the station file names; nil without one, or for a ledger given by itself.
    static func mirror(_ path: String) throws(MintmarkError) -> String? {
        isStationFile(path) ? try StationFiles.station(path).mirror : nil
    }

    static func isStationFile(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }
}
