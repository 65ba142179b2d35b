// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Everything the virtual cloud knows, as a value: it takes a call and the time and gives an answer. No I/O.
package struct CloudState: Sendable {
    package var switches: CloudSwitches
    package internal(set) var devices: [DSN: FactoryDevice] = [:]
    let tenants: [String: CloudTenant]
    let apps: [String: CloudApp]
    let models: [String: ModuleModel]
    var users: [String: CloudUser]
    /// Of the Device Service; twins that a connection or a person changed.
    package internal(set) var templates: [CloudTemplate]
    var twins: [DSN: CloudTwin] = [:]
    /// Of the Datastream Service.
    var rules: [AccessRule] = []
    var subscriptions: [Int64: CloudSubscription] = [:]
    var events: [StreamEvent] = []
    var streamNumber: Int64 = 90_000
    var datapointNumber = 0
    var pool: DSNPool
    var random: ModuleRandom
    /// By access token, and the access token by refresh token.
    var sessions: [String: CloudSession] = [:]
    var accessByRefresh: [String: String] = [:]
    /// DSN by plain MAC address and by hardware signature.
    var dsnByMAC: [String: DSN] = [:]
    var dsnByHwsig: [String: DSN] = [:]
    /// Number of the last reservation job.
    var job = 700_000

    /// Every model's pool holds `poolSize` DSNs.
    ///
    /// - Throws: `.badInput` when so many DSNs do not fit nine digits.
    package init(
        accounts: CloudAccounts, templates: [CloudTemplate] = [], switches: CloudSwitches = CloudSwitches(),
        firstNumber: Int, poolSize: Int, random: UInt64
    ) throws(MintmarkError) {
        self.switches = switches
        self.templates = templates
        tenants = Dictionary(accounts.tenants.map { ($0.oemID, $0) }) { $1 }
        apps = Dictionary(accounts.apps.map { ($0.id, $0) }) { $1 }
        users = Dictionary(accounts.users.map { ($0.email, $0) }) { $1 }
        models = Dictionary(ModuleModel.all.map { ($0.name, $0) }) { $1 }
        pool = DSNPool(firstNumber: firstNumber)
        self.random = ModuleRandom(seed: random)
        // Admins may hear of connections from the start: making the rule is a matter of the dashboard.
        for tenant in accounts.tenants {
            streamNumber += 1
            rules.append(
                AccessRule(
                    id: streamNumber, oem: tenant.oemID, role: CloudRole.admin.rawValue, oemModel: "*",
                    propertyName: "*", clientType: "cloud", type: .connectivity))
        }
        for model in ModuleModel.all { try pool.fill(model: model.name, count: poolSize, from: nil) }
    }

    /// `now` is seconds since 1970. An answer that is no success changes nothing but failed sign-ins.
    package mutating func answer(_ call: CloudCall, now: Int64) -> CloudAnswer {
        do throws(CallFailure) {
            guard call.body != nil else { throw .badRequest }
            return switch call.route {
            case .signIn: try signIn(call, now: now)
            case .refresh: try refresh(call, now: now)
            case .signOut: try signOut(call)
            case .profile: profile(of: try caller(call, now: now).user)
            case .reserve: try reserve(call, now: now)
            case .manufacture: try manufacture(call, now: now)
            case .provision: try provision(call, now: now)
            case .search: try search(call, now: now)
            case .twin: try twin(call, now: now)
            case .twins: try twinList(call, now: now)
            case .properties: try properties(call, now: now)
            case .property: try property(call, now: now)
            case .history: try history(call, now: now)
            case .templates: try templateList(call, now: now)
            case .applyTemplate: try applyTemplate(call, now: now)
            case .rename: try rename(call, now: now)
            case .searchTwins: try searchTwins(call, now: now)
            case .datapoints: try datapoints(call, now: now)
            case .addDatapoint: try addDatapoint(call, now: now)
            case .addDatapoints: try addDatapoints(call, now: now)
            case .metadata, .datum: try metadata(call, now: now)
            case .addDatum, .changeDatum, .removeDatum: try changeMetadata(call, now: now)
            case .factoryReset: try factoryReset(call, now: now)
            case .candidate: try candidate(call, now: now)
            case .claim: try claim(call, now: now)
            case .subscribe: try subscribe(call, now: now)
            case .subscriptions, .subscription: try subscriptionList(call, now: now)
            case .unsubscribe: try unsubscribe(call, now: now)
            case .rules, .rule: try ruleList(call, now: now)
            case .addRule, .removeRule: try changeRules(call, now: now)
            case .assignRole, .revokeRole: try changeRole(call, now: now)
            case .register, .unregister, .transfer: try changeOwner(call, now: now)
            case .stream, .other: try other(call, now: now)
            }
        } catch {
            return refusal(error, route: call.route)
        }
    }

    /// Gives a model `count` new free DSNs in place of those it had.
    ///
    /// - Throws: `.badInput` for an unknown model, for numbers in use or beyond nine digits.
    package mutating func setPool(model: String, count: Int, from first: Int? = nil) throws(MintmarkError) {
        guard models[model] != nil else {
            throw MintmarkError(
                .badInput, "the virtual cloud has no model \"\(model.prefix(40))\"",
                next: "Give one of \(ModuleModel.all.map(\.name).joined(separator: ", ")).")
        }
        try pool.fill(model: model, count: count, from: first)
    }

    /// Makes a template known, in place of one with the same id.
    package mutating func add(_ template: CloudTemplate) {
        templates.removeAll { $0.id == template.id }
        templates.append(template)
    }

    package func poolCount(model: String) -> Int { pool.count(model: model) }

    /// The user behind the call's token.
    func caller(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudCaller {
        guard let token = call.token, let session = sessions[token], now < session.accessExpires,
            let user = users[session.email], let tenant = tenants[user.oemID]
        else { throw .badToken }
        return CloudCaller(user: user, tenant: tenant)
    }

    /// A path of no service here: the token is judged first, as every service does.
    private func other(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        _ = try caller(call, now: now)
        throw .notFound
    }
}
