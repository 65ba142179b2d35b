// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization
import TestSupport

@testable import MintmarkStation

/// A cloud in bad weather: it takes a registration and loses its reply, throttles, fails, answers late and in any order,
/// and carries out some requests long after whoever sent them gave up.
actor StormCloud {
    /// Of a hundred requests so many meet each of these; the rest is answered after a while.
    struct Weather {
        var lostBefore = 4
        var lostAfter = 6
        var carriedOutLate = 3
        var throttled = 2
        var failed = 3
        var busyLooks = 5
        /// Until then nothing reaches it.
        var backAt: Deadline?
    }

    private let clock: HurriedClock
    private var weather: Weather
    private var random: SplitMix64
    private(set) var devices: [DSN: CloudDevice] = [:]
    private(set) var calls = 0
    /// Looks that were answered, and outcomes that a look may have to resolve, for each unit.
    private(set) var looks: [DSN: Int] = [:]
    private(set) var doubts: [DSN: Int] = [:]
    /// What must never happen: a unit registered with what another sent.
    private(set) var mixUps: [String] = []

    init(clock: HurriedClock, weather: Weather = Weather(), seed: UInt64) {
        (self.clock, self.weather) = (clock, weather)
        random = SplitMix64(seed: seed)
    }

    /// The cloud does not take every 1000th unit, and shows every 1000th otherwise than it was sent.
    static func isRefused(_ number: Int) -> Bool { number % 1000 == 7 }
    static func isAltered(_ number: Int) -> Bool { number % 1000 == 11 }

    /// A session began that does not know what became of this unit.
    func doubt(_ dsn: DSN) { doubts[dsn, default: 0] += 1 }

    func register(_ registration: Registration) async -> RegistrationAnswer {
        calls += 1
        if let backAt = weather.backAt, clock.now < backAt {
            return await pass(seconds: 10) ? .later("no connection") : .later("stopped")
        }
        let fate = Int.random(in: 0..<100, using: &random)
        var bounds = [0]
        for share in [
            weather.lostBefore, weather.lostAfter, weather.carriedOutLate, weather.throttled, weather.failed,
        ] {
            bounds.append(bounds[bounds.count - 1] + share)
        }
        let seconds = Int.random(in: 1...4, using: &random)
        switch fate {
        case ..<bounds[1]: return await lost(registration)
        case ..<bounds[2]:
            carryOut(registration)
            return await lost(registration)
        case ..<bounds[3]:
            let delay = Int.random(in: 30...600, using: &random)
            Task { if await self.pass(seconds: delay) { self.carryOut(registration) } }
            return await lost(registration)
        case ..<bounds[4]:
            return .later("429", retryAfter: Bool.random(using: &random) ? .seconds(seconds) : nil)
        case ..<bounds[5]:
            if Bool.random(using: &random) { carryOut(registration) }
            doubt(registration.dsn)
            return .unknown("500")
        default:
            let answer = carryOut(registration)
            guard await pass(seconds: seconds) else {
                doubt(registration.dsn)
                return .unknown("stopped")
            }
            return answer
        }
    }

    func find(_ dsn: DSN) async throws(MintmarkError) -> CloudDevice? {
        calls += 1
        let isOut = weather.backAt.map { clock.now < $0 } ?? false
        let isBusy = Int.random(in: 0..<100, using: &random) < weather.busyLooks
        guard await pass(seconds: isOut ? 10 : 1), !isOut, !isBusy else {
            throw MintmarkError(.cloudBusy, "503", next: "Wait.")
        }
        looks[dsn, default: 0] += 1
        return devices[dsn]
    }

    private func lost(_ registration: Registration) async -> RegistrationAnswer {
        doubt(registration.dsn)
        return await pass(seconds: 60) ? .unknown("it took too long") : .unknown("stopped")
    }

    @discardableResult
    private func carryOut(_ registration: Registration) -> RegistrationAnswer {
        if let there = devices[registration.dsn] {
            if there.hwsig != registration.hwsig?.description { mixUps.append("\(registration.dsn)") }
            doubt(registration.dsn)
            return .alreadyThere(CloudRefusal(status: 422, code: "AFS-606", message: "already manufactured"))
        }
        let number = Int(registration.dsn.description.suffix(8)) ?? 0
        if Self.isRefused(number) {
            return .refused(CloudRefusal(status: 422, code: "AFS-608", message: "not a valid date"))
        }
        var device = CloudDevice(dsn: registration.dsn)
        (device.model, device.mac, device.hwsig) = (
            registration.model, registration.mac.description, registration.hwsig?.description
        )
        (device.oemID, device.oemModel) = (registration.oemID, registration.oemModel)
        if Self.isAltered(number) { device.model = "AY008MVL1" }
        devices[registration.dsn] = device
        return .accepted(device)
    }

    private func pass(seconds: Int) async -> Bool {
        do {
            try await clock.sleep(until: clock.now + .seconds(seconds))
            return true
        } catch { return false }
    }
}

/// One session's way to the cloud: power may go off before a request leaves, or before its answer is taken in.
final class StormService: FactoryService {
    private let cloud: StormCloud
    private let power: PowerSwitch
    /// Units that this session has asked about or sent: the first look at any other settles an earlier session's doubt.
    private let known = Mutex<Set<DSN>>([])

    init(cloud: StormCloud, power: PowerSwitch) { (self.cloud, self.power) = (cloud, power) }

    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] {
        throw MintmarkError(.cloudRefused, "no DSNs here", next: "Ask elsewhere.")
    }

    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        known.withLock { _ = $0.insert(registration.dsn) }
        do {
            try power.act()
            let answer = await cloud.register(registration)
            try power.act()
            return answer
        } catch { return .unknown(error.what) }
    }

    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? {
        try power.look()
        if known.withLock({ $0.insert(dsn).inserted }) { await cloud.doubt(dsn) }
        return try await cloud.find(dsn)
    }

    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage {
        throw MintmarkError(.cloudRefused, "no search here", next: "Ask elsewhere.")
    }

    var sandboxHost: String? { get async { nil } }
}
