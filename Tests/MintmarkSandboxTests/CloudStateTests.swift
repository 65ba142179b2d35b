// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@Suite("The virtual cloud's state")
struct CloudStateTests {
    /// A state with tokens of some users, driven without a server.
    struct Driver {
        var state: CloudState
        var tokens: [String: String] = [:]
        var now = CloudBench.start

        init(switches: [String] = [], poolSize: Int = 40) throws {
            var chosen = CloudSwitches()
            for text in switches { try chosen.set(text) }
            state = try CloudState(
                accounts: CloudBench.accounts, switches: chosen, firstNumber: 900_000_001, poolSize: poolSize, random: 5
            )
            for user in CloudBench.accounts.users { tokens[user.email] = try signIn(user.email).token }
        }

        mutating func signIn(_ email: String, password: String = "Qq7solder") throws -> (status: Int, token: String) {
            let body =
                #"{"user":{"email":"\#(email)","password":"\#(password)","application":{"#
                + #""app_id":"acmefab-5a1dc0de-id","app_secret":"acmefab-5a1dc0de-x1y2z3"}}}"#
            let answer = state.answer(
                CloudCall(method: "POST", path: "/users/sign_in.json", body: Array(body.utf8)), now: now)
            return (answer.status, try JSONParser.object(answer.body)["access_token"]?.text ?? "")
        }

        mutating func factory(_ path: String, by email: String, _ body: String) -> CloudAnswer {
            state.answer(
                CloudCall(
                    method: "POST", path: "/devicefactory/v1/devices/\(path)",
                    authorization: "auth_token \(tokens[email] ?? "")", body: Array(body.utf8)),
                now: now)
        }

        mutating func search(by email: String, _ query: [String: String] = [:]) throws -> (status: Int, dsns: [String])
        {
            let answer = state.answer(
                CloudCall(
                    method: "GET", path: "/devicefactory/v1/devices",
                    authorization: "auth_token \(tokens[email] ?? "")", query: query),
                now: now)
            guard answer.status == 200 else { return (answer.status, []) }
            let devices = try JSONParser.object(answer.body)["devices"]?.array ?? []
            return (200, devices.compactMap { $0.object?["device"]?.object?["dsn"]?.text })
        }

        mutating func reserve(_ model: String, by email: String, count: Int = 1) throws -> [String] {
            let answer = factory("reserve", by: email, #"{"model":"\#(model)","count":\#(count)}"#)
            return try JSONParser.parse(answer.body).array?
                .compactMap { $0.object?["device"]?.object?["dsn"]?.text } ?? []
        }
    }

    @Test(
        "whatever is called in whatever order, a DSN stays with who reserved it, and states only move forward",
        arguments: 0..<60 as Range<UInt64>)
    func interleaving(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var driver = try Driver(switches: seed.isMultiple(of: 2) ? [] : ["D11=overwrite", "D13=yes"], poolSize: 12)
        let emails = CloudBench.accounts.users.map(\.email)
        let tenants = Dictionary(uniqueKeysWithValues: CloudBench.accounts.users.map { ($0.email, $0.oemID) })
        var handedOut: [String: String] = [:]
        var before = driver.state.devices
        for step in 0..<250 {
            let email = emails.randomElement(using: &random) ?? ""
            let model = ModuleModel.all.randomElement(using: &random)?.name ?? ""
            let dsn = handedOut.keys.sorted().randomElement(using: &random) ?? "AC000W900000001"
            let mac = "0210f4a7c3" + String(Int.random(in: 0x10..<0x30, using: &random), radix: 16)
            let reserved = Set(
                driver.state.devices.values.compactMap { $0.dsn.description == dsn ? $0.model.name : nil })
            let answer: CloudAnswer
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<3:
                let count = Int.random(in: 1...4, using: &random)
                answer = driver.factory("reserve", by: email, #"{"model":"\#(model)","count":\#(count)}"#)
                guard answer.status == 200 else { break }
                for item in try JSONParser.parse(answer.body).array ?? [] {
                    let dsn = item.object?["device"]?.object?["dsn"]?.text ?? ""
                    #expect(handedOut[dsn] == nil, "step \(step): \(dsn) was handed out twice")
                    handedOut[dsn] = tenants[email]
                }
            case 3..<6:
                let body = CloudSample.manufacture(model: reserved.first ?? model, mac: mac)
                answer = driver.factory("\(dsn)/manufacture", by: email, body)
            default:
                let body = CloudSample.provision(model: reserved.first ?? model, mac: mac)
                answer = driver.factory("\(dsn)/provision", by: email, body)
            }
            let after = driver.state.devices
            if answer.status != 200 { #expect(after.mapValues(\.provisions) == before.mapValues(\.provisions)) }
            for (dsn, device) in after {
                #expect(handedOut[dsn.description] == device.reservedBy)
                guard let old = before[dsn] else { continue }
                #expect(device.state >= old.state)
                #expect(old.oem == nil || device.oem == old.oem)
                #expect(device.manufactures <= 1)
                #expect(device.provisions <= 1 || !seed.isMultiple(of: 2))
            }
            let macs = after.values.compactMap(\.mac)
            #expect(Set(macs).count == macs.count)
            before = after
        }
        #expect(before.values.contains { $0.state == .provisioned })
    }

    @Test(
        "each role may do what its table says, and no more",
        arguments: [
            ("maker@maker.example", "AY001MTP1", "reserve", 200), ("maker@maker.example", "AY008ESP1", "reserve", 403),
            ("station7@acme.example", "AY008ESP1", "reserve", 200),
            ("station7@acme.example", "AY001MTP1", "reserve", 403), ("boxes@acme.example", "AY001MTP1", "reserve", 403),
            ("admin@maker.example", "AY001MTP1", "reserve", 200), ("admin@maker.example", "AY008ESP1", "reserve", 403),
            ("admin@acme.example", "AY008ESP1", "reserve", 200), ("admin@acme.example", "AY001MTP1", "reserve", 403),
            ("staff@acme.example", "AY008ESP1", "reserve", 403),
            ("maker@maker.example", "AY001MTP1", "manufacture", 200),
            ("admin@maker.example", "AY001MTP1", "manufacture", 200),
            ("admin@acme.example", "AY001MTP1", "manufacture", 403),
            ("boxes@maker.example", "AY001MTP1", "manufacture", 403),
            ("maker@maker.example", "AY001MTP1", "provision", 403),
            ("boxes@maker.example", "AY001MTP1", "provision", 200),
            ("boxes@other.example", "AY001MTP1", "provision", 200),
            ("white@maker.example", "AY001MTP1", "provision", 404),
            ("staff@acme.example", "AY001MTP1", "provision", 403),
        ])
    func role(email: String, model: String, call: String, status: Int) throws {
        var driver = try Driver()
        if call == "reserve" {
            #expect(driver.factory("reserve", by: email, #"{"model":"\#(model)","count":1}"#).status == status)
            return
        }
        let dsn = try driver.reserve(model, by: "maker@maker.example").first ?? ""
        let mac = "0210f4a7c311"
        if call == "provision" {
            _ = driver.factory(
                "\(dsn)/manufacture", by: "maker@maker.example", CloudSample.manufacture(model: model, mac: mac))
        }
        let body =
            call == "provision"
            ? CloudSample.provision(model: model, mac: mac) : CloudSample.manufacture(model: model, mac: mac)
        #expect(driver.factory("\(dsn)/\(call)", by: email, body).status == status)
    }

    @Test("a black-box module must be manufactured before anybody provisions it") func order() throws {
        var driver = try Driver()
        let dsn = try driver.reserve("AY001MTP1", by: "maker@maker.example").first ?? ""
        let body = CloudSample.provision(model: "AY001MTP1", mac: "0210f4a7c311")
        #expect(driver.factory("\(dsn)/provision", by: "boxes@other.example", body).status == 404)
        let made = CloudSample.manufacture(mac: "0210f4a7c311")
        #expect(driver.factory("\(dsn)/manufacture", by: "maker@maker.example", made).status == 200)
        let swapped = CloudSample.provision(model: "AY001MTP1", mac: "0210f4a7c3ff")
        #expect(driver.factory("\(dsn)/provision", by: "boxes@other.example", swapped).status == 404)
        #expect(driver.factory("\(dsn)/provision", by: "boxes@other.example", body).status == 200)
        #expect(driver.factory("\(dsn)/provision", by: "boxes@acme.example", body).status == 404)
    }

    @Test("search shows makers what they manufactured and owners what they provisioned") func visibility() throws {
        var driver = try Driver()
        let dsns = try driver.reserve("AY001MTP1", by: "maker@maker.example", count: 3)
        for (index, dsn) in dsns.dropLast().enumerated() {
            let made = CloudSample.manufacture(mac: "0210f4a7c31\(index)")
            _ = driver.factory("\(dsn)/manufacture", by: "maker@maker.example", made)
        }
        let body = CloudSample.provision(model: "AY001MTP1", mac: "0210f4a7c310")
        _ = driver.factory("\(dsns[0])/provision", by: "boxes@acme.example", body)
        #expect(try driver.search(by: "maker@maker.example").dsns == [dsns[1], dsns[0]])
        #expect(try driver.search(by: "maker@maker.example", ["order": "asc"]).dsns == [dsns[0], dsns[1]])
        #expect(try driver.search(by: "boxes@acme.example").dsns == [dsns[0]])
        #expect(try driver.search(by: "boxes@other.example").dsns.isEmpty)
        #expect(try driver.search(by: "staff@acme.example").status == 403)
        let filters: [(String, String, Int)] = [
            ("mac_like", "02:10:F4:A7:C3:10", 1), ("mac_like", "a7c31", 2), ("mac_like", "0210f4a7c3ff", 0),
            ("mac_like", "", 2), ("dsn_like", dsns[1], 1), ("hwsig_like", "e32-", 2), ("model", "AY001MTP2", 0),
            ("oem_model", "lamp-one", 1), ("manuf_sn_like", "x", 0),
        ]
        for (name, value, count) in filters {
            let found = try driver.search(by: "maker@maker.example", ["[filter][\(name)]": value]).dsns
            #expect(found.count == count, "\(name)=\(value)")
        }
    }

    @Test("D29: search shows reserved DSNs to the company that reserved them, or to nobody", arguments: ["no", "yes"])
    func reservedInSearch(setting: String) throws {
        var driver = try Driver(switches: ["D29=\(setting)"])
        let black = try driver.reserve("AY001MTP1", by: "maker@maker.example", count: 2)
        let white = try driver.reserve("AY008ESP1", by: "station7@acme.example", count: 3)
        let isShown = setting == "yes"
        #expect(try driver.search(by: "maker@maker.example", ["order": "asc"]).dsns == (isShown ? black : []))
        #expect(try driver.search(by: "station7@acme.example", ["order": "asc"]).dsns == (isShown ? white : []))
        #expect(try driver.search(by: "maker@maker.example", ["[filter][model]": "AY001MTP2"]).dsns.isEmpty)
        #expect(try driver.search(by: "boxes@other.example").dsns.isEmpty)
        #expect(try driver.search(by: "staff@acme.example").status == 403)
    }

    @Test("a paginated search counts and links its pages") func pages() throws {
        var driver = try Driver()
        for (index, dsn) in try driver.reserve("AY008ESP1", by: "station7@acme.example", count: 5).enumerated() {
            let body = CloudSample.provision(mac: "0210f4a7c31\(index)")
            _ = driver.factory("\(dsn)/provision", by: "station7@acme.example", body)
        }
        let page = driver.state.answer(
            CloudCall(
                method: "GET", path: "/devicefactory/v1/devices.json",
                authorization: "auth_token \(driver.tokens["station7@acme.example"] ?? "")",
                query: ["paginated": "true", "per_page": "2", "page": "2"]), now: driver.now)
        var object = try JSONParser.object(page.body)
        #expect(object["devices"]?.array?.count == 2)
        object["devices"] = nil
        #expect(
            object == [
                "current_page_number": 2, "end_count_on_page": 4, "next_page": 3, "previous_page": 1,
                "start_count_on_page": 3, "total": 5,
            ])
    }

    @Test("five failures lock an account for 30 minutes; a success before them starts the count anew") func lock()
        throws
    {
        var driver = try Driver()
        let email = "station7@acme.example"
        for _ in 0..<4 { #expect(try driver.signIn(email, password: "wrong").status == 401) }
        #expect(try driver.signIn(email).status == 200)
        for _ in 0..<5 { #expect(try driver.signIn(email, password: "wrong").status == 401) }
        #expect(try driver.signIn(email).status == 401)
        #expect(try driver.signIn("admin@acme.example").status == 200)
        driver.now += 1799
        #expect(try driver.signIn(email).status == 401)
        driver.now += 1
        #expect(try driver.signIn(email).status == 200)
    }

    @Test("an access token lives for 24 hours") func expiry() throws {
        var driver = try Driver()
        driver.now += 86_399
        #expect(
            driver.factory("reserve", by: "station7@acme.example", #"{"model":"AY008ESP1","count":1}"#).status == 200)
        driver.now += 1
        #expect(
            driver.factory("reserve", by: "station7@acme.example", #"{"model":"AY008ESP1","count":1}"#).status == 401)
    }

    @Test("a pool never gives a number twice, and refuses to be filled with numbers in use") func pool() throws {
        var driver = try Driver(poolSize: 3)
        let first = try driver.reserve("AY008ESP1", by: "station7@acme.example", count: 2)
        try driver.state.setPool(model: "AY008ESP1", count: 2)
        let second = try driver.reserve("AY008ESP1", by: "station7@acme.example", count: 2)
        #expect(Set(first + second).count == 4)
        #expect(driver.state.poolCount(model: "AY008ESP1") == 0)
        #expect(throws: MintmarkError.self) {
            try driver.state.setPool(model: "AY008ESP1", count: 1, from: 900_000_001)
        }
        #expect(throws: MintmarkError.self) { try driver.state.setPool(model: "NONE", count: 1) }
        #expect(throws: MintmarkError.self) {
            try driver.state.setPool(model: "AY008ESP1", count: 2, from: 999_999_999)
        }
    }

    @Test(
        "only the documented date form is taken",
        arguments: [
            ("2024/02/29 23:59:59 UTC", 200), ("2025/02/29 23:59:59 UTC", 422), ("2025/13/01 00:00:00 UTC", 422),
            ("2025/03/04 24:00:00 UTC", 422), ("2025/03/04 09:15:00", 422), ("2025/3/4 09:15:00 UTC", 422),
            ("2025/03/04 09:15:00 PST", 422), ("2025/03/04 09:15:00 GMT", 200), ("", 422),
        ])
    func dates(text: String, status: Int) throws {
        var driver = try Driver()
        let dsn = try driver.reserve("AY008ESP1", by: "station7@acme.example").first ?? ""
        let body = CloudSample.provision(mac: "0210f4a7c311").replacing("2025/03/04 09:20:30 UTC", with: text)
        #expect(driver.factory("\(dsn)/provision", by: "station7@acme.example", body).status == status)
    }
}
