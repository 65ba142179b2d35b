// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import Synchronization
import Testing

@Suite("Device Service over TLS", .timeLimit(.minutes(1)))
struct DeviceServiceTests {
    private static let dsn = "AC000W900000202"
    private static let device =
        #"{"device":{"id":7700202,"key":7700202,"dsn":"AC000W900000202","product_name":"AC000W900000202","#
        + #""model":"AY008ESP1","oem":"5a1dc0de","oem_model":"acmelamp1","sw_version":"lampfw 1.4.0","#
        + #""template_id":4100017,"has_properties":true,"mac":"02a1b2c3d4f6","unique_hardware_id":"e32-02a1b2c3d4f6","#
        + #""lan_ip":"192.0.2.40","connection_status":"Online","connected_at":"2025-03-04T09:24:11Z","#
        + #""activated_at":null,"registered":false,"registrable":true,"user_id":null,"user_uuid":null,"#
        + #""device_type":"Wifi","lan_enabled":false,"ans_enabled":true,"lat":"48.1","lng":11.5}}"#
    private static let properties =
        #"[{"property":{"type":"Property","name":"lamp_on","base_type":"boolean","direction":"input","scope":"user","#
        + #""value":0}},{"property":{"name":"level","base_type":"decimal","value":-2.5}},"#
        + #"{"property":{"name":"oem_host_version","base_type":"string","direction":"output","scope":"oem","#
        + #""value":"acmelamp 1.0","data_updated_at":"2025-03-04T09:24:12Z"}},{"property":{"value":1}}]"#

    @Test("a twin is read whole, with the token, and what is null is nil")
    func twin() async throws {
        let cloud = try await fixture(200, Self.device)
        let twin = try #require(try await cloud.devices.twin(of: DSN(Self.dsn)))
        var expected = DeviceTwin(dsn: try DSN(Self.dsn))
        expected.key = 7_700_202
        expected.model = "AY008ESP1"
        expected.oemID = "5a1dc0de"
        expected.oemModel = "acmelamp1"
        expected.mac = "02a1b2c3d4f6"
        expected.hwsig = "e32-02a1b2c3d4f6"
        expected.softwareVersion = "lampfw 1.4.0"
        expected.templateID = 4_100_017
        expected.hasProperties = true
        expected.connectionStatus = "Online"
        expected.connectedAt = "2025-03-04T09:24:11Z"
        expected.isRegistered = false
        #expect(twin == expected)
        let request = try #require(cloud.server.requests.last)
        #expect(request.method == "GET" && request.uri == "/apiv1/dsns/\(Self.dsn).json")
        #expect(request.headers["authorization"] == "auth_token access-1")
        #expect(request.headers["accept"] == "application/json" && request.body.isEmpty)
        await cloud.stop()
    }

    @Test(
        "a twin is understood in every form that services and clients are known to use",
        arguments: [
            (#"{"dsn":"AC000W900000202","id":5,"hwsig":"h","user_id":17}"#, "17", nil),
            (
                #"{"device":{"dsn":"AC000W900000202","key":5,"unique_hardware_id":"h","hwsig":"old","user_id":"17"}}"#,
                "17", nil
            ),
            (
                #"{"device":{"dsn":"AC000W900000202","key":"5","hwsig":"h","user_uuid":"u-1","connection_status":"Dozing"}}"#,
                "u-1", "Dozing"
            ),
        ] as [(String, String, String?)])
    func forms(body: String, user: String, status: String?) async throws {
        let cloud = try await fixture(200, body)
        let twin = try #require(try await cloud.devices.twin(of: DSN(Self.dsn)))
        #expect(twin.key == 5 && twin.hwsig == "h" && twin.userID == user && twin.connectionStatus == status)
        #expect(twin.templateID == nil && twin.hasProperties == nil)
        await cloud.stop()
    }

    @Test("properties, history and a template's name are read, wrapped or not", arguments: [true, false])
    func lists(wrapped: Bool) async throws {
        let cloud = try await CloudFixture { request, _ in
            let body: String
            switch request.uri {
            case "/users/sign_in.json": body = tokens(1)
            case "/apiv1/dsns/AC000W900000202/properties.json": body = Self.properties
            case "/apiv1/devices/77/connection_history/page/1/limit/3/field/event_time/order/desc.json":
                body =
                    #"[{"connection_history":{"event_time":"2025-03-04T09:24:12Z","status":"Online"}},"#
                    + #"{"event_time":"2025-03-04T09:24:11Z","status":"Initializing"}]"#
            case "/apiv1/templates.json?admin_view=true&full_view=true":
                body = #"[{"template":{"id":3,"name":"Other"}},{"template":{"id":4100017,"name":"Acme Lamp"}}]"#
            default: return .answer(404, "")
            }
            guard !wrapped else { return .answer(200, body) }
            return .answer(
                200,
                body.replacing(#"{"property":{"#, with: "{").replacing(#"{"template":{"#, with: "{")
                    .replacing("}}", with: "}"))
        }
        let properties = try await cloud.devices.properties(of: DSN(Self.dsn))
        #expect(properties.map(\.name) == ["lamp_on", "level", "oem_host_version"])
        #expect(properties.map(\.value) == ["0", "-2.5", "acmelamp 1.0"])
        #expect(properties.first?.baseType == "boolean" && properties.first?.direction == "input")
        #expect(properties.last?.scope == "oem")
        if wrapped {
            let events = try await cloud.devices.connectionHistory(of: 77, count: 3)
            #expect(
                events == [
                    ConnectionEvent(time: "2025-03-04T09:24:12Z", status: "Online"),
                    ConnectionEvent(time: "2025-03-04T09:24:11Z", status: "Initializing"),
                ])
        }
        #expect(try await cloud.devices.templateName(4_100_017) == "Acme Lamp")
        #expect(try await cloud.devices.templateName(9) == nil)
        await cloud.stop()
    }

    @Test("what is not there is nil or empty, not an error")
    func notFound() async throws {
        let cloud = try await fixture(404, #"{"error":"Not found"}"#)
        #expect(try await cloud.devices.twin(of: DSN(Self.dsn)) == nil)
        #expect(try await cloud.devices.properties(of: DSN(Self.dsn)).isEmpty)
        #expect(try await cloud.devices.connectionHistory(of: 1, count: 1).isEmpty)
        #expect(try await cloud.devices.templateName(1) == nil)
        await cloud.stop()
    }

    @Test(
        "an answer that shows nothing says why, and what to do",
        arguments: [
            (
                403, #"{"error":"Forbidden"}"#, MintmarkError.Code.cloudRefused,
                "OEM::SoftwareOEMManufacturer may see no devices: no document says"
            ),
            (401, #"{"error":{"message":"Your access token is invalid"}}"#, .cloudRefused, "401 Your access token"),
            (429, "slow down", .cloudBusy, "429"), (503, "", .cloudBusy, "503"),
            (500, "<html>", .cloudAnswerBad, "500"), (204, "", .cloudAnswerBad, "204"),
            (302, "", .cloudRefused, "redirects"), (200, "<html>", .cloudAnswerBad, "no twin of AC000W900000202"),
            (200, #"{"device":{"dsn":"AC000W900000203"}}"#, .cloudAnswerBad, "no twin of AC000W900000202"),
        ])
    func refused(status: Int, body: String, code: MintmarkError.Code, words: String) async throws {
        let cloud = try await fixture(status, body)
        let error = await failure { () async throws(MintmarkError) in try await cloud.devices.twin(of: DSN(Self.dsn)) }
        #expect(error?.code == code)
        #expect(error?.what.contains(words) == true, "\(error?.what ?? "")")
        #expect(error?.next.isEmpty == false)
        await cloud.stop()
    }

    @Test("a token that expired is refreshed once, and the question is asked once more")
    func refresh() async throws {
        let cloud = try await CloudFixture { request, _ in
            switch request.uri {
            case "/users/sign_in.json": .answer(200, tokens(1))
            case "/users/refresh_token.json": .answer(200, tokens(2))
            default:
                request.headers["authorization"] == "auth_token access-2" ? .answer(200, Self.device) : .answer(401, "")
            }
        }
        #expect(try await cloud.devices.twin(of: DSN(Self.dsn)) != nil)
        #expect(cloud.server.requests.count == 4)
        await cloud.stop()
    }

    @Test("without a Datastream a wait is one pause, never longer than its deadline, and asks nobody")
    func pause() async throws {
        let cloud = try await fixture(200, Self.device)
        try await cloud.devices.awaitConnectivity(of: DSN(Self.dsn), deadline: .seconds(60))
        try await cloud.devices.awaitConnectivity(of: DSN(Self.dsn), deadline: .seconds(2))
        #expect(cloud.clock.sleeps == [.seconds(5), .seconds(2)])
        #expect(cloud.server.requests.isEmpty)
        await cloud.stop()
    }

    @Test("a field station believes no sandbox's twin")
    func sandbox() async throws {
        let cloud = try await CloudFixture(deployment: .field) { request, _ in
            .answer(
                200, request.uri == "/users/sign_in.json" ? tokens(1) : Self.device,
                headers: ["X-Mintmark-Sandbox": "1"])
        }
        let error = await failure { () async throws(MintmarkError) in try await cloud.devices.twin(of: DSN(Self.dsn)) }
        #expect(error?.code == .sandboxMixUp)
        await cloud.stop()
    }

    private func fixture(_ status: Int, _ body: String) async throws -> CloudFixture {
        try await CloudFixture { request, _ in
            guard request.uri == "/users/sign_in.json" else { return .answer(status, body) }
            return .answer(200, tokens(1, role: "OEM::SoftwareOEMManufacturer"))
        }
    }
}

/// A clock on which a sleep takes no time: it is noted.
final class NotingClock: StationClock {
    private let noted = Mutex<[Duration]>([])
    let now = ContinuousClock.now
    var wall: Int64 { 0 }
    let isSynchronised = true
    var sleeps: [Duration] { noted.withLock { $0 } }

    func sleep(until deadline: Deadline) async throws {
        try Task.checkCancellation()
        noted.withLock { $0.append(deadline - now) }
    }
}
