// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport

/// A cloud that gives DSNs, and remembers how many each time.
actor PoolCloud: FactoryService {
    private(set) var asked: [Int] = []
    private var given = 0
    private let isLost: @Sendable (_ request: Int) -> Bool

    /// `isLost` says which of the requests, from 1, are granted without the answer getting back.
    init(isLost: @escaping @Sendable (Int) -> Bool = { _ in false }) { self.isLost = isLost }

    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] {
        asked.append(count)
        let numbers = given..<given + count
        given += count
        guard !isLost(asked.count) else {
            throw MintmarkError(.cloudAnswerLost, "the reply was lost", next: "Look it up.")
        }
        let key = Base64.decode(SampleKey.pkcs1) ?? []
        var devices: [ReservedDSN] = []
        for number in numbers {
            devices.append(ReservedDSN(dsn: try DSN("AC000W\(200_000_000 + number)"), publicKey: key))
        }
        return devices
    }

    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        .later("no network", retryAfter: nil)
    }

    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? { nil }

    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage {
        throw MintmarkError(.cloudRefused, "no search here", next: "Ask elsewhere.")
    }

    var sandboxHost: String? { nil }
}
