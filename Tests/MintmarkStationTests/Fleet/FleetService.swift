// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// One station's way to the fleet's cloud.
struct FleetService: FactoryService {
    let cloud: FleetCloud
    let power: PowerSwitch

    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] {
        try power.act()
        let lost = MintmarkError(.cloudAnswerLost, "the reply was lost", next: "Look it up.")
        let answer: [ReservedDSN]?
        do { answer = try await cloud.reserve(count: count) } catch { throw lost }
        try power.act()
        guard let answer else { throw lost }
        return answer
    }

    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        do {
            try power.act()
            let answer = await cloud.register(registration)
            try power.act()
            return answer
        } catch { return .unknown(error.what) }
    }

    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? {
        try power.look()
        return await cloud.devices[dsn]
    }

    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage {
        throw MintmarkError(.cloudRefused, "no search here", next: "Ask elsewhere.")
    }

    var sandboxHost: String? { get async { nil } }
}
