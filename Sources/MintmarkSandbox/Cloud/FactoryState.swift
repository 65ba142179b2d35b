// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// The virtual Factory Proxy Service as a value: reserve, manufacture, provision, search.
///
/// Source: Ayla Factory Service API specification v2.2. Order of checks: role, device, missing fields, model, count,
/// date, state, uniqueness, pool.
struct FactoryState: Sendable {
    static let reserveLimit = 1000
    private static let textFields = [
        "hwsig", "mac", "manuf_model", "manuf_sn", "module_sw_version", "odm", "oem_host_version", "oem_model",
        "wifi_setup_key",
    ]

    var switches = CloudSwitches()
    private let keys = SandboxKeys()
    private let tenants: [String: CloudTenant]
    private let blackBox: Set<String>
    private let whiteBox: Set<String>
    private(set) var devices: [DSN: FactoryDevice] = [:]
    private var owners: [String: DSN] = [:]
    private var pools: [String: Int]
    private var nextNumber: Int

    init(tenants: [CloudTenant], firstNumber: Int, pool: Int) {
        self.tenants = Dictionary(tenants.map { ($0.oemID, $0) }, uniquingKeysWith: { $1 })
        blackBox = ["AY001MTP1", "AY001MTP2", "AY001MTC2", "AY001MUS1"]
        whiteBox = ["AY008ESP1", "AY008MVL1", "AY008QCM1", "AY001MRT1", "AY001RTA"]
        pools = Dictionary(uniqueKeysWithValues: blackBox.union(whiteBox).map { ($0, pool) })
        nextNumber = firstNumber
    }

    mutating func setPool(_ model: String, _ count: Int) { pools[model] = count }

    func privateKey(of dsn: DSN) throws(MintmarkError) -> RSAPrivateKey? {
        guard let device = devices[dsn] else { return nil }
        return try keys.pair(number: device.number)
    }

    // MARK: - Calls

    mutating func reserve(_ body: JSONObject, by user: CloudUserAccount) -> CloudReply {
        guard let models = reservable(user) else { return forbidden }
        if let reply = missing(["count", "model"], in: body) { return reply }
        let model = text(body["model"])
        guard blackBox.contains(model) || whiteBox.contains(model) else { return invalidModel(model) }
        guard let count = body["count"]?.integer.map({ Int($0) }) else { return wrongCount(text(body["count"])) }
        if switches.oneCountError, !(1...Self.reserveLimit).contains(count) { return wrongCount(String(count)) }
        guard count >= 1 else { return unprocessable("AFS-603", "Count should be higher or equal than 1") }
        guard count <= Self.reserveLimit else {
            return unprocessable("AFS-604", "A max of \(Self.reserveLimit) devices can be reserved")
        }
        guard models.contains(model) else { return forbidden }
        guard count <= pools[model] ?? 0 else {
            return unprocessable(
                "AFS-605", "There are not enough reservable devices for your request. Please try later")
        }
        var made: [(device: FactoryDevice, pem: String)] = []
        for number in nextNumber..<(nextNumber + count) {
            guard let dsn = try? DSN("AC000W" + pad(number, 9)), let key = try? keys.pair(number: number).publicKey
            else {
                return unprocessable("AFS-600", "There were some failures while processing: key generation failed")
            }
            made.append(
                (
                    FactoryDevice(dsn: dsn, model: model, number: number, reservedBy: user.oemID),
                    switches.publicKey == .pkcs1
                        ? key.pem(columns: 76) : key.pem(label: "RSA PUBLIC KEY", form: .spki)
                ))
        }
        for item in made { devices[item.device.dsn] = item.device }
        nextNumber += count
        pools[model, default: 0] -= count
        return .json(
            200,
            made.map {
                .object([
                    "device": .object(["dsn": .string($0.device.dsn.description), "public_key": .string($0.pem)])
                ])
            })
    }

    mutating func manufacture(_ dsn: DSN, _ body: JSONObject, by user: CloudUserAccount) -> CloudReply {
        guard mayManufacture(user) else { return forbidden }
        guard var device = devices[dsn], device.reservedBy == user.oemID else { return unmatched }
        if let reply = missing(
            ["model", "mac", "hwsig", "dom_at"], in: body, wrapper: switches.wrapper == .error ? "error" : "errors")
        {
            return reply
        }
        if let reply = checkModel(text(body["model"]), of: device) { return reply }
        guard let date = FactoryDate.parse(text(body["dom_at"])) else { return invalidDate(body) }
        guard device.state == .reserved else { return unprocessable("AFS-606", "Device is already manufactured") }
        if let reply = taken(body, by: dsn) { return reply }
        device.state = .manufactured
        store(body, date, in: &device)
        return .json(200, ["device": .object(shown(device, showsOEM: false))])
    }

    mutating func provision(_ dsn: DSN, _ body: JSONObject, by user: CloudUserAccount) -> CloudReply {
        guard mayProvision(user) else { return forbidden }
        guard var device = devices[dsn] else { return unmatched }
        let isBlackBox = blackBox.contains(device.model)
        if isBlackBox || switches.needsManufacture {
            guard device.state >= .manufactured else { return unmatched }
        } else {
            guard device.reservedBy == user.oemID else { return unmatched }
        }
        if let oem = device.oem, oem != user.oemID { return unmatched }
        var names = ["model", "oem_model", "oem_host_version"]
        for name in ["manuf_model", "hwsig", "module_sw_version"] where device.fields[name] == nil {
            names.append(name)
        }
        if device.domAt == nil { names.append("dom_at") }
        if device.fields["mac"] == nil { names.append("mac") }
        if let reply = missing(names, in: body) { return reply }
        if let reply = checkModel(text(body["model"]), of: device) { return reply }
        var date = device.domAt ?? 0
        if body["dom_at"] != nil {
            guard let given = FactoryDate.parse(text(body["dom_at"])) else { return invalidDate(body) }
            date = given
        }
        if device.state == .provisioned, switches.provisionTwice == .refuse {
            return unprocessable("AFS-600", "There were some failures while processing: device is already provisioned")
        }
        if let reply = taken(body, by: dsn) { return reply }
        device.state = .provisioned
        device.oem = user.oemID
        store(body, date, in: &device)
        return .json(200, ["device": .object(shown(device, showsOEM: true))])
    }

    /// Search by filters; empty values match everything.
    func search(_ filters: [String: String], by user: CloudUserAccount) -> CloudReply {
        let mayManufacture = mayManufacture(user)
        guard mayManufacture || mayProvision(user) else { return forbidden }
        let found = devices.values.filter { device in
            let isVisible = device.oem == user.oemID || device.reservedBy == user.oemID && mayManufacture
            return isVisible && filters.allSatisfy { matches(device, $0.key, $0.value) }
        }
        let sorted = found.sorted { $0.dsn > $1.dsn }.prefix(100)
        return .json(
            200,
            [
                "devices": .array(
                    sorted.map { device in
                        var object = shown(device, showsOEM: device.oem != nil)
                        object["state"] = .string(device.state.rawValue)
                        return .object(["device": .object(object)])
                    })
            ])
    }

    private func matches(_ device: FactoryDevice, _ filter: String, _ value: String) -> Bool {
        if value.isEmpty { return true }
        let shown: String?
        switch filter {
        case "dsn_like": shown = device.dsn.description
        case "mac_like":
            return (device.fields["mac"] ?? "").filter(\.isHexDigit).lowercased().contains(
                value.filter(\.isHexDigit).lowercased())
        case "hwsig_like": shown = device.fields["hwsig"]
        case "manuf_sn_like": shown = device.fields["manuf_sn"]
        case "model": return device.model == value
        case "oem_model": return device.fields["oem_model"] == value
        default: return true
        }
        return shown?.contains(value) ?? false
    }

    // MARK: - Roles

    private func reservable(_ user: CloudUserAccount) -> Set<String>? {
        switch user.role {
        case .moduleManufacturer: blackBox
        case .softwareOEMManufacturer: whiteBox
        case .admin: tenants[user.oemID]?.isModuleManufacturer == true ? blackBox : whiteBox
        case .endUser, .staff, .moduleOEMManufacturer: nil
        }
    }

    private func mayManufacture(_ user: CloudUserAccount) -> Bool {
        let hasAttribute = tenants[user.oemID]?.isModuleManufacturer == true
        return hasAttribute && (user.role == .moduleManufacturer || user.role == .admin)
    }

    private func mayProvision(_ user: CloudUserAccount) -> Bool {
        switch user.role {
        case .moduleOEMManufacturer, .softwareOEMManufacturer: true
        case .admin:
            tenants[user.oemID]?.isModuleManufacturer == true
                ? switches.makerAdminProvisions : switches.plainAdminProvisions
        case .endUser, .staff, .moduleManufacturer: false
        }
    }

    // MARK: - Fields

    private mutating func store(_ body: JSONObject, _ date: Int64, in device: inout FactoryDevice) {
        for name in Self.textFields { if let value = body[name]?.text { device.fields[name] = value } }
        if let flag = body["ads_connect_flag"]?.bool { device.connected = flag }
        device.domAt = date
        device.registrations += 1
        for name in ["mac", "hwsig"] {
            if let value = device.fields[name] { owners["\(name) \(normal(name, value))"] = device.dsn }
        }
        devices[device.dsn] = device
    }

    private func shown(_ device: FactoryDevice, showsOEM: Bool) -> JSONObject {
        func field(_ name: String) -> JSONValue { device.fields[name].map { .string($0) } ?? .null }
        var object: JSONObject = [
            "ads_connect_flag": device.connected.map { .bool($0) } ?? .null,
            "dom_at": device.domAt.map { .string(UTCTime.isoText(seconds: $0)) } ?? .null,
            "dsn": .string(device.dsn.description), "hwsig": field("hwsig"), "mac": field("mac"),
            "manuf_model": field("manuf_model"), "manuf_sn": field("manuf_sn"), "model": .string(device.model),
            "module_sw_version": field("module_sw_version"), "odm": field("odm"),
            "oem_host_version": field("oem_host_version"), "wifi_setup_key": field("wifi_setup_key"),
        ]
        if switches.colonMAC, let mac = device.fields["mac"] { object["mac"] = .string(colons(mac)) }
        if showsOEM {
            object["oem"] = device.oem.map { .string($0) } ?? .null
            object["oem_model"] = field("oem_model")
        } else if !switches.showsHostVersion {
            object["oem_host_version"] = nil
        }
        return object
    }

    private func taken(_ body: JSONObject, by dsn: DSN) -> CloudReply? {
        for name in ["mac", "hwsig"] {
            guard let value = body[name]?.text, let owner = owners["\(name) \(normal(name, value))"], owner != dsn
            else { continue }
            return unprocessable("AFS-600", "There were some failures while processing: \(name) has already been taken")
        }
        return nil
    }

    private func normal(_ name: String, _ value: String) -> String {
        name == "mac" ? value.filter(\.isHexDigit).lowercased() : value
    }

    private func colons(_ mac: String) -> String {
        stride(from: 0, to: mac.count, by: 2).map { mac.dropFirst($0).prefix(2) }.joined(separator: ":")
    }

    private func text(_ value: JSONValue?) -> String {
        value?.text ?? value?.integer.map { String($0) } ?? ""
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // MARK: - Refusals

    private func missing(_ names: [String], in body: JSONObject, wrapper: String? = nil) -> CloudReply? {
        let absent = names.filter { body[$0] == nil || body[$0] == .null || body[$0]?.text == "" }
        guard !absent.isEmpty else { return nil }
        return unprocessable(
            "AFS-607", "There are some missing required attrs: \(absent.joined(separator: ", "))", wrapper: wrapper)
    }

    private func checkModel(_ model: String, of device: FactoryDevice) -> CloudReply? {
        guard blackBox.contains(model) || whiteBox.contains(model) else { return invalidModel(model) }
        guard model != device.model else { return nil }
        return reply(switches.wrongModel, "model does not match the reserved model")
    }

    private func invalidModel(_ model: String) -> CloudReply {
        unprocessable("AFS-601", "\(model) is not a valid model")
    }

    private func wrongCount(_ count: String) -> CloudReply {
        unprocessable("AFS-602", "\(count) is not a valid integer number between 1 and 1000")
    }

    private func invalidDate(_ body: JSONObject) -> CloudReply {
        unprocessable("AFS-608", "\(text(body["dom_at"])) is not valid. Valid date format is %Y/%m/%d %H:%M:%S %Z")
    }

    private var forbidden: CloudReply { .error(403, "Forbidden", as: switches.factoryError) }

    private var unmatched: CloudReply { reply(switches.unmatched, "device does not match") }

    private func reply(_ kind: CloudSwitches.Unmatched, _ reason: String) -> CloudReply {
        switch kind {
        case .notFound: .error(404, "Not found", as: switches.factoryError)
        case .forbidden: forbidden
        case .unprocessable: unprocessable("AFS-600", "There were some failures while processing: \(reason)")
        }
    }

    private func unprocessable(_ code: String, _ message: String, wrapper: String? = nil) -> CloudReply {
        .factory(code, message, wrapper: wrapper ?? (switches.wrapper == .errors ? "errors" : "error"))
    }
}

/// `%Y/%m/%d %H:%M:%S %Z` with UTC.
enum FactoryDate {
    /// Seconds since 1970; nil for any other form.
    static func parse(_ text: String) -> Int64? {
        let parts = text.split(whereSeparator: { "/ :".contains($0) })
        guard parts.count == 7, parts[6] == "UTC", text.utf8.count == 23 else { return nil }
        let numbers = parts.prefix(6).compactMap { Int64($0) }
        guard numbers.count == 6, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
        // Days from civil, as the inverse of UTCTime.fields.
        let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
        let era = year / 400
        let yearOfEra = year - era * 400
        let month = (numbers[1] + 9) % 12
        let dayOfYear = (153 * month + 2) / 5 + numbers[2] - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let seconds = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
        return UTCTime.logText(seconds: seconds) == text ? seconds : nil
    }
}
