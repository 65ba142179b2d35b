// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Metadata of a device: texts by keys, which the service keeps and does not look at.
///
/// Source: Ayla service API specification v8.1, 6.
extension CloudState {
    func metadata(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (device, twin) = try visible(call, now: now)
        guard call.route == .datum else {
            let all = twin.metadata.values.sorted { $0.key < $1.key }
            return CloudAnswer(200, all.map { ["datum": .object($0.json(device.dsn))] })
        }
        guard let datum = twin.metadata[call.parameters["key"] ?? ""] else { throw .notFound }
        return CloudAnswer(200, ["datum": .object(datum.json(device.dsn))])
    }

    /// One key is made once; only then can it be changed.
    mutating func changeMetadata(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (_, device, seen) = try changeable(call, now: now)
        var twin = seen
        let sent = call.member("datum")?.object
        let key = call.parameters["key"] ?? sent?["key"]?.text ?? ""
        let old = twin.metadata[key]
        if call.route != .addDatum, old == nil { throw .notFound }
        var answer = CloudAnswer(empty: 200)
        if call.route == .removeDatum {
            twin.metadata[key] = nil
        } else {
            guard !key.isEmpty, let value = sent?["value"]?.text, call.route == .changeDatum || old == nil else {
                throw .badRequest
            }
            let datum = CloudDatum(key: key, value: value, createdAt: old?.createdAt ?? now, updatedAt: now)
            twin.metadata[key] = datum
            answer = CloudAnswer(old == nil ? 201 : 200, ["datum": .object(datum.json(device.dsn))])
        }
        twins[device.dsn] = twin
        return answer.committed
    }
}
