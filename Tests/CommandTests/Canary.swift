// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore

/// A secret as it could leak: raw, in hex, and in base64 whatever stands before it.
struct Canary {
    let name: String
    let needles: [Data]

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        let hex = Hex.encode(bytes)
        let encoded = (0..<3).map { offset -> Data in
            let text = Base64.encode([UInt8](repeating: 0, count: offset) + bytes)
            // The letters at both ends depend on the neighbours.
            return Data(text.dropFirst(offset == 0 ? 0 : offset + 1).prefix(max(8, bytes.count * 4 / 3 - 4)).utf8)
        }
        needles = [Data(bytes), Data(hex.utf8), Data(hex.uppercased().utf8)] + encoded
    }

    func isIn(_ data: Data) -> Bool { needles.contains { data.range(of: $0) != nil } }
}
