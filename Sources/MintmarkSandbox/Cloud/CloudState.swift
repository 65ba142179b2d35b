// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// Everything the virtual cloud remembers. One request at a time.
actor CloudState {
    /// What is to be done to the wire besides, or instead of, the answer.
    struct Verdict: Sendable {
        var reply: CloudReply
        var drops = false
        var truncates = false
        var delay = 0
        var location: String?
    }

    private var users: UserServiceState
    private var factory: FactoryState
    private(set) var journal: [CloudJournalEntry] = []
    private var faults: [CloudFault] = []
    private var hits: [Int: Int] = [:]
    private var random: ModuleRandom
    private let secrets: [String: String]

    init(_ configuration: VirtualCloud.Configuration) {
        users = UserServiceState(users: configuration.users, apps: configuration.apps)
        factory = FactoryState(
            tenants: configuration.tenants, firstNumber: configuration.firstNumber, pool: configuration.pool)
        factory.switches = configuration.switches
        faults = configuration.faults
        random = ModuleRandom(seed: configuration.seed)
        secrets = Dictionary(configuration.tenants.map { ($0.oemID, $0.oemSecret) }, uniquingKeysWith: { $1 })
    }

    func answer(
        _ route: CloudFault.Route, path: String, dsn: String?, query: [String: String], token: String?, body: [UInt8],
        now: Int64
    ) -> Verdict {
        let fault = strike(route)
        var verdict = Verdict(reply: CloudReply(status: 500, body: ""))
        switch fault?.kind {
        case .status(let status): verdict.reply = .error(status, "fault", as: .text)
        case .code(let code):
            verdict.reply = .factory(code, "There were some failures while processing: fault", wrapper: "error")
        case .html: verdict.reply = CloudReply(status: 200, body: "<html>proxy</html>", contentType: "text/html")
        case .redirect:
            verdict.reply = CloudReply(status: 302, body: "")
            verdict.location = "https://127.0.0.1:9/elsewhere"
        case .dropBefore: verdict.drops = true
        case nil, .expire, .slow, .dropAfter, .truncated, .oversized:
            if fault?.kind == .expire { users.expireTokens() }
            verdict.reply = act(route, dsn: dsn, query: query, token: token, body: body, now: now)
            if case .slow(let time) = fault?.kind { verdict.delay = time }
            if fault?.kind == .dropAfter { verdict.drops = true }
            if fault?.kind == .truncated { verdict.truncates = true }
            if fault?.kind == .oversized {
                verdict.reply.body = "{\"x\":\"" + String(repeating: "x", count: 2 << 20) + "\"}"
            }
        }
        journal.append(CloudJournalEntry(route: route, path: path, status: verdict.drops ? 0 : verdict.reply.status))
        return verdict
    }

    private func act(
        _ route: CloudFault.Route, dsn: String?, query: [String: String], token: String?, body: [UInt8], now: Int64
    ) -> CloudReply {
        let object: JSONObject
        do { object = body.isEmpty ? [:] : try JSONParser.object(body) } catch {
            return .error(400, "Bad request", as: factory.switches.factoryError)
        }
        switch route {
        case .signIn: return users.signIn(object, factory.switches, now: now)
        case .refresh: return users.refresh(object, now: now)
        case .any: return users.signOut(object)
        case .reserve, .manufacture, .provision, .search: break
        }
        guard let user = users.user(token: token, now: now) else {
            return .error(401, "Your access token is invalid", as: factory.switches.factoryError)
        }
        if route == .reserve { return factory.reserve(object, by: user) }
        if route == .search { return factory.search(query, by: user) }
        guard let dsn = dsn.flatMap({ try? DSN($0) }) else {
            return .error(404, "Not found", as: factory.switches.factoryError)
        }
        return route == .manufacture
            ? factory.manufacture(dsn, object, by: user) : factory.provision(dsn, object, by: user)
    }

    private func strike(_ route: CloudFault.Route) -> CloudFault? {
        for (index, fault) in faults.enumerated() where fault.route == .any || fault.route == route {
            if let percent = fault.percent {
                if Int.random(in: 0..<100, using: &random) < percent { return fault }
                continue
            }
            hits[index, default: 0] += 1
            if fault.occurrence == 0 || hits[index] == fault.occurrence { return fault }
        }
        return nil
    }

    // MARK: - Control

    func inject(_ fault: CloudFault) { faults.append(fault) }
    func clearFaults() { (faults, hits) = ([], [:]) }
    func set(_ switches: CloudSwitches) { factory.switches = switches }
    func expireTokens() { users.expireTokens() }
    func setPool(_ model: String, _ count: Int) { factory.setPool(model, count) }
    func device(_ dsn: DSN) -> FactoryDevice? { factory.devices[dsn] }
    var devices: [FactoryDevice] { Array(factory.devices.values) }

    /// Whether an OEM key opens with the DSN's private key to this tenant's secret, id and model.
    func judge(_ key: [UInt8], of dsn: DSN, oemID: String, oemModel: String) -> Bool {
        guard let secret = secrets[oemID], let pair = try? factory.privateKey(of: dsn),
            let opened = try? pair.decrypt(key)
        else { return false }
        let text = opened.withBytes { String(decoding: $0, as: UTF8.self) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let last = words.last.map { $0.hasSuffix("\n") ? $0.dropLast() : $0 }
        return words.count == 4 && Int64(words[0]) != nil && words[1] == secret && words[2] == oemID
            && (last.map { $0 == oemModel || $0 == "*" } ?? false)
    }
}
