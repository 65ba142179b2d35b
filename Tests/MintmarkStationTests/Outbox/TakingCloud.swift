// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// A cloud that registers whatever comes, and remembers what it was told.
actor TakingCloud: FactoryService {
    private(set) var registered: [Registration] = []

    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] { [] }

    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        registered.append(registration)
        return .accepted(CloudDevice(dsn: registration.dsn))
    }

    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? { nil }

    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage {
        throw MintmarkError(.cloudRefused, "no search here", next: "Ask elsewhere.")
    }

    var sandboxHost: String? { nil }
}
