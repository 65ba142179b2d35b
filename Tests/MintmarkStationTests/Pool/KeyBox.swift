// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

@testable import MintmarkStation

/// Wi-Fi setup keys by request, in memory.
final class KeyBox: Sendable {
    private let keys = Mutex<[String: SharedSecret]>([:])

    init(_ requests: String...) {
        for request in requests {
            let key = SharedSecret(Secret(count: 8) { $0.copyBytes(from: Array("a-key-42".utf8)) })
            keys.withLock { $0[request] = key }
        }
    }

    var requests: [String] { keys.withLock { $0.keys.sorted() } }

    var asSetupKeys: SetupKeys {
        SetupKeys(
            put: { key, request in self.keys.withLock { $0[request] = key } },
            take: { request in self.keys.withLock { $0[request] } },
            wipe: { request in self.keys.withLock { $0[request] = nil } })
    }
}
