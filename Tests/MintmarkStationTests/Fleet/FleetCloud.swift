// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import TestSupport

/// The cloud of a fleet: hands out DSNs, remembers who registered under which, and loses replies after the fact.
actor FleetCloud {
    private(set) var issued = 0
    private(set) var devices: [DSN: CloudDevice] = [:]
    /// What must never be asked: a DSN registered by two units.
    private(set) var doubles: [String] = []
    private var random: SplitMix64
    private let key: [UInt8]

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        key = Base64.decode(SampleKey.pkcs1) ?? []
    }

    /// Nil: the reply is lost.
    func reserve(count: Int) throws -> [ReservedDSN]? {
        let first = issued
        issued += count
        guard !isLost() else { return nil }
        return try (first..<issued).map { ReservedDSN(dsn: try DSN("AC000W\(100_000_000 + $0)"), publicKey: key) }
    }

    func register(_ registration: Registration) -> RegistrationAnswer {
        let hwsig = registration.hwsig?.description
        if let there = devices[registration.dsn] {
            if there.hwsig != hwsig { doubles.append("\(registration.dsn)") }
            return .alreadyThere(CloudRefusal(status: 422, code: "AFS-606", message: "already manufactured"))
        }
        var device = CloudDevice(dsn: registration.dsn)
        (device.model, device.mac, device.hwsig) = (registration.model, registration.mac.description, hwsig)
        (device.manufModel, device.manufSN) = (registration.manufModel, registration.manufSN)
        devices[registration.dsn] = device
        return isLost() ? .unknown("the reply was lost") : .accepted(device)
    }

    private func isLost() -> Bool { Int.random(in: 0..<5, using: &random) == 0 }
}
