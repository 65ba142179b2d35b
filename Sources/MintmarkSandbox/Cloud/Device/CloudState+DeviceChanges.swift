// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What an owner or an admin does to a device.
///
/// Sources: Ayla service API specification v8.1, 5; Ayla Device Service API for commands.
extension CloudState {
    mutating func rename(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (_, device, seen) = try changeable(call, now: now)
        var twin = seen
        guard let name = call.member("device")?.object?["product_name"]?.text else { throw .badRequest }
        guard !name.isEmpty else { throw .invalid("product_name must not be empty") }
        twin.productName = name
        twins[device.dsn] = twin
        return CloudAnswer(200, ["device": .object(shown(twin, device))]).committed
    }

    /// The command waits until the unit says that it was reset.
    mutating func factoryReset(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (_, device, seen) = try changeable(call, now: now)
        var twin = seen
        if !twin.commands.contains("factory_reset") { twin.commands.append("factory_reset") }
        twins[device.dsn] = twin
        return CloudAnswer(200, JSONObject()).committed
    }

    /// The device that the path names, if the caller may change it: an admin any of the company, a user an own one.
    func changeable(
        _ call: CloudCall, now: Int64
    ) throws(CallFailure) -> (CloudCaller, FactoryDevice, CloudTwin) {
        let caller = try caller(call, now: now)
        let (device, twin) = try changeable(try visible(call, now: now), caller)
        return (caller, device, twin)
    }

    func changeable(
        _ seen: (device: FactoryDevice, twin: CloudTwin), _ caller: CloudCaller
    ) throws(CallFailure) -> (FactoryDevice, CloudTwin) {
        guard caller.user.roles.contains(.admin) || seen.twin.owner == caller.user.uuid else { throw .forbidden }
        return seen
    }
}
