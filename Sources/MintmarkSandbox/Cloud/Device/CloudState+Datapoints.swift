// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Values that properties had, and new ones.
///
/// Source: Ayla service API specification v8.1, 7.4 and 7.5.
extension CloudState {
    /// Items of one batch. The real service's limit is not documented.
    static let batchLimit = 100

    /// The newest `limit` ones, or a page of them; always in the order of time.
    func datapoints(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (_, twin) = try visible(call, now: now)
        let property = try property(of: twin, call)
        let all = (twin.datapoints[property.name] ?? []).map { ["datapoint": JSONValue.object($0.json)] as JSONObject }
        guard ["true", "1"].contains(call.query["paginated"]) else {
            return CloudAnswer(200, all.suffix(Self.count(call.query["limit"])))
        }
        let (since, end) = (
            call.query["filter[created_at_since_date]"] ?? "", call.query["filter[created_at_end_date]"] ?? "~"
        )
        // Times of one format: their texts are in their order.
        let wanted = all.filter { item in
            let time = item["datapoint"]?.object?["created_at"]?.text ?? ""
            return since <= time && time <= end
        }
        let size = Self.count(call.query["per_page"])
        let isForward = call.query["is_forward_page"] != "false"
        let mark = Int(call.query[isForward ? "next" : "previous"] ?? "") ?? 0
        let start = min(wanted.count, max(0, mark))
        let shown = wanted[start..<min(wanted.count, start + size)]
        return CloudAnswer(
            200,
            [
                "datapoints": .array(shown.map { .object($0) }),
                "meta": .object([
                    "current_page_number": .integer(Int64(start / size + 1)),
                    "next_page": shown.endIndex < wanted.count ? .string(String(shown.endIndex)) : .null,
                    "previous_page": start > 0 ? .string(String(max(0, start - size))) : .null,
                ]),
            ])
    }

    mutating func addDatapoint(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (caller, device, twin) = try changeable(call, now: now)
        let property = try property(of: twin, call)
        guard let body = call.member("datapoint")?.object else { throw .badRequest }
        let value = try Self.sent(body, to: property)
        let datapoint = append(value.value, value.metadata, to: property, of: device, by: caller.user.uuid, now: now)
        return CloudAnswer(201, ["datapoint": .object(datapoint.json)]).committed
    }

    /// All of them or none.
    mutating func addDatapoints(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        guard let items = call.member("batch_datapoints")?.array, !items.isEmpty else { throw .badRequest }
        guard items.count <= Self.batchLimit else {
            throw .invalid("batch_datapoints must have at most \(Self.batchLimit) items")
        }
        let caller = try caller(call, now: now)
        var checked: [(FactoryDevice, TemplateProperty, JSONValue, JSONObject)] = []
        for item in items {
            guard let item = item.object, let dsn = item["dsn"]?.text, let body = item["datapoint"]?.object else {
                throw .badRequest
            }
            let (device, twin) = try changeable(try visible(self.device(dsn: dsn), caller, now: now), caller)
            guard let property = twin.properties.first(where: { $0.name == item["name"]?.text }) else {
                throw .notFound
            }
            let value = try Self.sent(body, to: property)
            checked.append((device, property, value.value, value.metadata))
        }
        let shown = checked.map { device, property, value, metadata -> JSONObject in
            let datapoint = append(value, metadata, to: property, of: device, by: caller.user.uuid, now: now)
            return ["datapoint": .object(datapoint.json)]
        }
        return CloudAnswer(201, ["batch_datapoints": .array(shown.map { .object($0) })]).committed
    }

    /// A value that a unit reports, or that it refuses to take, comes from the unit; the sandbox's own routes.
    ///
    /// - Throws: `ConnectRefusal` when the unit has no such property to report, or the value breaks a rule.
    mutating func report(_ name: String, _ value: JSONValue, of dsn: DSN, now: Int64) throws(ConnectRefusal) {
        let (device, twin) = try connected(dsn)
        guard let property = twin.properties.first(where: { $0.name == name }) else { throw .noProperty }
        guard property.direction == .output else { throw .notReported }
        guard let value = DatapointValue.checked(value, property.baseType) else { throw .wrongValue }
        append(value, [:], to: property, of: device, by: nil, now: now)
    }

    /// The unit says what became of the newest value that a property was sent.
    mutating func acknowledge(
        _ name: String, status: Int64, message: Int64, of dsn: DSN, now: Int64
    ) throws(ConnectRefusal) {
        let (device, twin) = try connected(dsn)
        guard let property = twin.properties.first(where: { $0.name == name }) else { throw .noProperty }
        guard property.direction == .input, property.isAcknowledged else { throw .notAcknowledged }
        guard let last = twin.datapoints[name]?.indices.last else { throw .noValue }
        let id = newID()
        twins[dsn]?.datapoints[name]?[last].acknowledgement = CloudDatapoint.Acknowledgement(
            id: id, at: now, status: status, message: message)
        guard let changed = twins[dsn]?.datapoints[name]?[last] else { return }
        tell(.acknowledgement(changed, property), twin, device, now: now)
    }

    @discardableResult
    mutating func append(
        _ value: JSONValue, _ metadata: JSONObject, to property: TemplateProperty, of device: FactoryDevice,
        by sender: String?, now: Int64, isTold: Bool = true
    ) -> CloudDatapoint {
        let datapoint = CloudDatapoint(
            id: newID(), value: value, at: now, isFromUnit: sender == nil, sender: sender, metadata: metadata)
        twins[device.dsn, default: CloudTwin()].keep(datapoint, of: property)
        if isTold, let twin = twins[device.dsn] { tell(.datapoint(datapoint, property), twin, device, now: now) }
        return datapoint
    }

    private func property(of twin: CloudTwin, _ call: CloudCall) throws(CallFailure) -> TemplateProperty {
        guard let property = twin.properties.first(where: { $0.name == call.parameters["name"] }) else {
            throw .notFound
        }
        return property
    }

    private static func sent(
        _ body: JSONObject, to property: TemplateProperty
    ) throws(CallFailure) -> (value: JSONValue, metadata: JSONObject) {
        guard property.direction == .input else { throw .forbidden }
        guard let sent = body["value"], sent != .null else { throw .badRequest }
        guard let value = DatapointValue.checked(sent, property.baseType) else {
            throw .invalid("value must be \(DatapointValue.rule(property.baseType))")
        }
        guard let metadata = body["metadata"], metadata != .null else { return (value, [:]) }
        guard let texts = metadata.object, texts.members.count <= 10,
            texts.members.allSatisfy({ $0.value.text != nil })
        else { throw .invalid("metadata must be an object of at most 10 texts") }
        return (value, texts)
    }

    /// RFC 9562 text, another each time.
    mutating func newID() -> String {
        datapointNumber += 1
        let digits = String(datapointNumber, radix: 16)
        return "da7a0000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    /// 1 to 100, of which 100 is the default.
    private static func count(_ text: String?) -> Int { min(100, max(1, text.flatMap { Int($0) } ?? 100)) }
}
