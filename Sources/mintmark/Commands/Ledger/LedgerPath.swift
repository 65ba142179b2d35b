// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkStation

/// A ledger given by itself or by its station file.
enum LedgerPath {
    static func of(_ path: String) throws(MintmarkError) -> String {
        isStationFile(path) ? try StationFiles.station(path).ledger : path
    }

    static func isStationFile(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }
}
