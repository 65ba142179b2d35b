// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCloud
import MintmarkCore
import MintmarkCrypto
import Testing

@Suite("FactoryProxy over TLS, worked exchanges", .timeLimit(.minutes(1)))
struct FactoryProxyTests {
    @Test("sign-in sends the documented body and gives the role", arguments: [200, 201])
    func signIn(status: Int) async throws {
        let cloud = try await CloudFixture { _, _ in .answer(status, tokens(1)) }
        #expect(try await cloud.proxy.signIn() == "OEM::Admin")
        let request = try #require(cloud.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.uri == "/users/sign_in.json")
        #expect(request.body == CloudFixture.signInBody)
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["accept"] == "application/json")
        #expect(request.headers["user-agent"] == "mintmark/1.2.3")
        #expect(request.headers["authorization"] == nil)
        await cloud.stop()
    }

    @Test(
        "a refused sign-in is a sign-in error in the cloud's words, whatever the shape of the body",
        arguments: [
            (401, #"{"error":{"message":"Invalid email or password"}}"#, "401 Invalid email or password"),
            (401, #"{"error":"Invalid email or password"}"#, "401 Invalid email or password"),
            (401, #"{"errors":[{"message":"Invalid email or password"}]}"#, "401 Invalid email or password"),
            (404, #"{"error":{"message":"Unknown application"}}"#, "404 Unknown application"),
            (403, #"{"error":"Your account is locked"}"#, "403 Your account is locked"),
            (403, "", "403 no reason given"),
        ])
    func signInRefused(status: Int, body: String, words: String) async throws {
        let cloud = try await CloudFixture { _, _ in .answer(status, body) }
        let error = await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() }
        #expect(error?.code == .cloudSignIn)
        #expect(error?.what.hasSuffix("refused the sign-in: \(words)") == true)
        #expect(error?.description.contains("solder") == false)
        await cloud.stop()
    }

    @Test("reserve gives every DSN with the DER of its key, on a connection of its own")
    func reserve() async throws {
        let cloud = try await CloudFixture { request, _ in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : .answer(200, Exchanges.reserved)
        }
        let list = try await cloud.proxy.reserve(count: 2, model: "AY008ESP1")
        #expect(list.map(\.dsn.description) == ["AC000W900000202", "AC000W900000203"])
        for item in list { #expect(try RSAPublicKey(der: item.publicKey).pkcs1 == item.publicKey) }
        let request = try #require(cloud.server.requests.last)
        #expect(request.method == "POST")
        #expect(request.uri == "/devicefactory/v1/devices/reserve")
        #expect(request.body == #"{"model":"AY008ESP1","count":2}"#)
        #expect(request.headers["authorization"] == "auth_token access-1")
        #expect(cloud.server.connections == 2)
        await cloud.stop()
    }

    @Test(
        "a reserve that the cloud refuses reserved nothing, and says why",
        arguments: [
            ("AFS-607", "There are some missing required attrs: count"),
            ("AFS-601", "AY999ZZZ1 is not a valid model"),
            ("AFS-602", "ten is not a valid integer number between 1 and 1000"),
            ("AFS-603", "Count should be higher or equal than 1"),
            ("AFS-604", "A max of 1000 devices can be reserved"),
            ("AFS-605", "There are not enough reservable devices for your request. Please try later"),
            ("AFS-600", "There were some failures while processing: key generation failed"),
        ], ["error", "errors"])
    func reserveRefused(fault: (code: String, message: String), name: String) async throws {
        let cloud = try await CloudFixture { request, _ in
            request.uri == "/users/sign_in.json"
                ? .answer(200, tokens(1))
                : .answer(422, #"{"\#(name)":[{"code":"\#(fault.code)","message":"\#(fault.message)"}]}"#)
        }
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == (fault.code == "AFS-605" ? .cloudBusy : .cloudRefused))
        #expect(error?.what.contains(fault.message) == true)
        await cloud.stop()
    }

    @Test(
        "a reserve answer that cannot be trusted may have reserved",
        arguments: [
            "", "<html>", "{}", #"[{"device":{"dsn":"AC000W900000202"}}]"#,
            #"[{"device":{"dsn":"short","public_key":"TUk="}}]"#,
            #"[{"device":{"dsn":"AC000W900000202","public_key":"%"}}]"#,
            #"[{"device":{"dsn":"AC000W900000202","public_key":"TUk="}},{"device":{"dsn":"AC000W900000202","public_key":"TUk="}}]"#,
        ])
    func reserveDoubtful(body: String) async throws {
        let cloud = try await CloudFixture { request, _ in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : .answer(200, body)
        }
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == .cloudAnswerLost)
        await cloud.stop()
    }

    @Test("a reserve of a thousand gives a thousand")
    func reserveMany() async throws {
        let key = Exchanges.reserved.components(separatedBy: "\"public_key\":")[1].prefix { $0 != "}" }
        let body = (0..<1000).map { #"{"device":{"dsn":"AC000W\#(900_000_000 + $0)","public_key":\#(key)}}"# }
        let cloud = try await CloudFixture { request, _ in
            .answer(200, request.uri == "/users/sign_in.json" ? tokens(1) : "[\(body.joined(separator: ","))]")
        }
        let list = try await cloud.proxy.reserve(count: 1000, model: "AY008ESP1")
        #expect(list.count == 1000 && list.last?.dsn.description == "AC000W900000999")
        await cloud.stop()
    }

    @Test("manufacture and provision send the documented bodies and take the device that is shown")
    func register() async throws {
        let cloud = try await CloudFixture { request, _ in
            switch request.uri {
            case "/users/sign_in.json": .answer(200, tokens(1))
            case "/devicefactory/v1/devices/AC000W900000101/manufacture": .answer(200, Exchanges.manufactured)
            case "/devicefactory/v1/devices/AC000W900000202/provision": .answer(200, Exchanges.provisioned)
            default: .answer(404, "")
            }
        }
        var registration = try Exchanges.manufactureRegistration()
        var answer = await cloud.proxy.register(registration, setupKey: nil)
        var device = try #require(answer.device)
        #expect(CloudComparison(of: registration, with: device).isEqual)
        #expect(device.odm == nil)
        registration = try Exchanges.provisionRegistration()
        answer = await cloud.proxy.register(registration, setupKey: nil)
        device = try #require(answer.device)
        #expect(CloudComparison(of: registration, with: device).isEqual)
        #expect(device.oemID == "5a1dc0de" && device.firmware == "lampfw 1.4.0")
        #expect(
            cloud.server.requests.map(\.body) == [CloudFixture.signInBody, Exchanges.manufacture, Exchanges.provision])
        #expect(cloud.server.requests.dropFirst().allSatisfy { $0.headers["authorization"] == "auth_token access-1" })
        await cloud.stop()
    }

    @Test(
        "every refusal of a registration keeps its status, code and words",
        arguments: [
            (
                422, #"{"error":[{"code":"AFS-606","message":"Device is already manufactured"}]}"#, "AFS-606",
                "Device is already manufactured"
            ),
            (
                422, #"{"errors":[{"code":"AFS-607","message":"There are some missing required attrs: mac, hwsig"}]}"#,
                "AFS-607", "There are some missing required attrs: mac, hwsig"
            ),
            (
                422,
                #"{"error":[{"code":"AFS-608","message":"04.03.2025 is not valid. Valid date format is %Y/%m/%d %H:%M:%S %Z"}]}"#,
                "AFS-608", "04.03.2025 is not valid. Valid date format is %Y/%m/%d %H:%M:%S %Z"
            ),
            (
                422,
                #"{"error":[{"code":"AFS-600","message":"There were some failures while processing: device is already provisioned"}]}"#,
                "AFS-600", "There were some failures while processing: device is already provisioned"
            ),
            (404, #"{"error":"Not found"}"#, nil, "Not found"), (403, #"{"error":"Forbidden"}"#, nil, "Forbidden"),
            (403, "", nil, "no reason given"), (404, "<html><body>Not found</body></html>", nil, "no reason given"),
            (400, #"{"errors":{"mac":["is invalid"]}}"#, nil, "mac is invalid"), (405, "", nil, "no reason given"),
            (409, "", nil, "no reason given"),
        ] as [(Int, String, String?, String)])
    func registerRefused(status: Int, body: String, code: String?, message: String) async throws {
        let cloud = try await CloudFixture { request, _ in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : .answer(status, body)
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        // A 403 is explained by the role, behind the cloud's own words.
        let words =
            status == 403
            ? "\(message); OEM::Admin may provision by one of the specification's two lists only" : message
        let refusal = CloudRefusal(status: status, code: code, message: words)
        let isThere = code == "AFS-606" || message.contains("already provisioned")
        #expect(answer == (isThere ? .alreadyThere(refusal) : .refused(refusal)))
        await cloud.stop()
    }

    @Test("a cloud that is away is named with the cause in the system's words")
    func away() async throws {
        let fixture = try await CloudFixture { _, _ in .answer(200, "{}") }
        await fixture.server.stop()
        let host = fixture.server.url.dropFirst("https://".count)
        let error = await #expect(throws: MintmarkError.self) { try await fixture.proxy.signIn() }
        #expect(error?.what == "no connection to \(host): Connection refused")
        await fixture.proxy.shutdown()
        await fixture.devices.shutdown()
    }

    @Test("search finds the unit with the DSN among those with a like MAC address")
    func find() async throws {
        let cloud = try await CloudFixture { request, _ in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : .answer(200, Exchanges.search)
        }
        let mac = try MAC("02:a1:b2:c3:d4:f6")
        let device = try #require(try await cloud.proxy.find(DSN("AC000W900000202"), mac: mac))
        #expect(device.state == "provisioned" && device.oemModel == "acmelamp1" && device.firmware == nil)
        #expect(try await cloud.proxy.find(DSN("AC000W900000203"), mac: mac) == nil)
        let request = try #require(cloud.server.requests.last)
        #expect(request.method == "GET")
        #expect(request.uri == Exchanges.searchPath)
        #expect(request.headers["authorization"] == "auth_token access-1")
        await cloud.stop()
    }

    @Test("a list of devices asks for pages of a model; a page is read only as a whole")
    func list() async throws {
        let item = #"{"device":{"dsn":"AC000W900000202","model":"AY001 M/1","state":"reserved"}}"#
        let pages = [
            #"{"devices":[\#(item)],"total":3,"next_page":2}"#, #"{"devices":[\#(item)],"total":"3","next_page":null}"#,
            #"{"devices":[\#(item)]}"#, #"{"devices":[\#(item),{"device":{"model":"AY001"}}],"total":2}"#,
        ]
        let cloud = try await CloudFixture { request, number in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : .answer(200, pages[number - 1])
        }
        var shown: [DevicePage] = []
        for page in 1...3 { shown.append(try await cloud.proxy.devices(of: "AY001 M/1", page: page)) }
        #expect(shown.map(\.total) == [3, 3, nil] && shown.map(\.next) == [2, nil, nil])
        #expect(shown.allSatisfy { $0.devices.map(\.state) == ["reserved"] && $0.devices[0].model == "AY001 M/1" })
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.devices(of: "AY001 M/1", page: 4)
        }
        #expect(error?.code == .cloudAnswerBad)
        #expect(
            cloud.server.requests.last?.uri
                == "/devicefactory/v1/devices.json?%5Bfilter%5D%5Bmodel%5D=AY001%20M%2F1&order=asc&order_by=dsn"
                + "&paginated=true&page=4&per_page=100")
        await cloud.stop()
    }

    @Test("sign-out names the access token, and the next call signs in anew")
    func signOut() async throws {
        let cloud = try await CloudFixture { request, number in
            switch request.uri {
            case "/users/sign_in.json": .answer(200, tokens(number))
            case "/users/sign_out.json": .answer(200, "{}")
            default: .answer(200, Exchanges.search)
            }
        }
        try await cloud.proxy.signOut()
        #expect(cloud.server.requests.isEmpty)
        _ = try await cloud.proxy.signIn()
        try await cloud.proxy.signOut()
        _ = try await cloud.proxy.find(DSN("AC000W900000202"), mac: MAC("02a1b2c3d4f6"))
        try #require(
            cloud.server.requests.map(\.uri)
                == ["/users/sign_in.json", "/users/sign_out.json", "/users/sign_in.json", Exchanges.searchPath])
        #expect(cloud.server.requests[1].body == #"{"user":{"access_token":"access-0"}}"#)
        #expect(cloud.server.requests[3].headers["authorization"] == "auth_token access-2")
        await cloud.stop()
    }
}

extension RegistrationAnswer {
    var device: CloudDevice? { if case .accepted(let device) = self { device } else { nil } }
    var later: String? { if case .later(let why, _) = self { why } else { nil } }
    var unknown: String? { if case .unknown(let why) = self { why } else { nil } }
    var refusal: CloudRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var held: String? { if case .held(let why) = self { why } else { nil } }
    var alreadyThere: CloudRefusal? { if case .alreadyThere(let refusal) = self { refusal } else { nil } }
}
