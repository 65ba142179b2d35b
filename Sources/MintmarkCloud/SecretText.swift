// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Text put together inside a secret, so that no copy of its secret parts stays behind.
enum SecretText {
    enum Piece {
        case plain(String)
        case raw(UnsafeRawBufferPointer)
    }

    static func joined(_ pieces: [Piece]) -> SharedSecret {
        let size = pieces.reduce(0) { $0 + $1.count }
        return SharedSecret(
            Secret(count: size) { target in
                var at = 0
                for piece in pieces {
                    let slot = UnsafeMutableRawBufferPointer(rebasing: target[at..<(at + piece.count)])
                    switch piece {
                    case .plain(let text): slot.copyBytes(from: text.utf8)
                    case .raw(let bytes): slot.copyMemory(from: bytes)
                    }
                    at += piece.count
                }
            })
    }
}

extension SecretText.Piece {
    fileprivate var count: Int {
        switch self {
        case .plain(let text): text.utf8.count
        case .raw(let bytes): bytes.count
        }
    }
}
