// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// A cloud that takes its time for every registration and then takes it.
struct SlowCloud: FactoryService {
    let pause: Duration

    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] { [] }

    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        do { try await Task.sleep(for: pause) } catch { return .unknown("stopped") }
        var device = CloudDevice(dsn: registration.dsn)
        (device.model, device.mac) = (registration.model, registration.mac.description)
        return .accepted(device)
    }

    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? { nil }

    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage {
        DevicePage(devices: [], total: 0, next: nil)
    }

    var sandboxHost: String? { get async { nil } }
}
