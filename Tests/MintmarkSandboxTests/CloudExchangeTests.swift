// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkSandbox
import Testing

/// The worked exchanges E1-E12 and E20, over real TLS.
@Suite("The virtual cloud's exchanges", .timeLimit(.minutes(1)))
struct CloudExchangeTests {
    private let whiteBox = #"""
        {"model":"AY008ESP1","mac":"02a1b2c3d4f6","manuf_model":"DEVKIT","manuf_sn":"q18","hwsig":"e32-02a1b2c3d4f6",
        "oem_model":"acmelamp1","module_sw_version":"lampfw 1.4.0","dom_at":"2025/03/04 09:20:30 UTC",
        "oem_host_version":"acmelamp 1.0","odm":"Acme Works"}
        """#
    private let blackBox = #"""
        {"model":"AY001MTP1","mac":"02a1b2c3d4e5","hwsig":"9f03c2d1-55aa0102-7be43310",
        "dom_at":"2025/03/04 09:15:00 UTC","manuf_model":"ACM100","manuf_sn":"q17","ads_connect_flag":true}
        """#

    @Test("E1, E2: sign-in gives two tokens and the role; a wrong password and an unknown app do not")
    func signIn() async throws {
        try await CloudBench.run { bench in
            let answer = try await bench.signIn("station7@acme.example")
            let object = try answer.json.object
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(object?["expires_in"] == 86400)
            #expect(object?["role"] == "OEM::SoftwareOEMManufacturer")
            #expect(object?["role_tags"] == [])
            for name in ["access_token", "refresh_token"] {
                #expect(Hex.decode(object?[name]?.text ?? "")?.count == 16)
            }
            let wrong = try await bench.signIn("station7@acme.example", password: "wrong")
            #expect(wrong.status == 401)
            #expect(wrong.text == #"{"error":{"message":"Invalid email or password"}}"#)
            let unknown = try await bench.signIn("station7@acme.example", app: "nope-id")
            #expect(unknown.status == 404)
            #expect(unknown.text == #"{"error":{"message":"Unknown application"}}"#)
        }
    }

    @Test("E3: refresh gives two new tokens, once")
    func refresh() async throws {
        try await CloudBench.run { bench in
            let first = try await bench.signIn("station7@acme.example").json.object
            let body = #"{"user":{"refresh_token":"\#(first?["refresh_token"]?.text ?? "")"}}"#
            let answer = try await bench.post("/users/refresh_token.json", body)
            let second = try answer.json.object
            #expect(answer.status == 200)
            #expect(second?["access_token"] != first?["access_token"])
            #expect(second?["refresh_token"] != first?["refresh_token"])
            #expect(second?["role"] == "OEM::SoftwareOEMManufacturer")
            let again = try await bench.post("/users/refresh_token", body)
            #expect(again.status == 422)
            #expect(again.text == #"{"error":"Your refresh token is invalid"}"#)
            let profile = try await bench.send(
                "GET", "/users/get_user_profile.json", token: second?["access_token"]?.text)
            #expect(try profile.json.object?["email"] == "station7@acme.example")
        }
    }

    @Test("E4: reserve answers a bare array of DSNs, each with a PKCS#1 key of 2048 bits in lines of 76")
    func reserve() async throws {
        try await CloudBench.run { bench in
            try bench.cloud.setPool("AY008ESP1", 10, from: 900_000_202)
            let token = try await bench.token("station7@acme.example")
            let answer = try await bench.factory("reserve", token, #"{"model":"AY008ESP1","count":2}"#)
            #expect(answer.status == 200)
            #expect(Hex.decode(answer.header("X-Request-Id") ?? "")?.count == 16)
            let devices = try answer.json.array?.compactMap { $0.object?["device"]?.object } ?? []
            #expect(devices.map { $0["dsn"] } == ["AC000W900000202", "AC000W900000203"])
            var keys: Set<[UInt8]> = []
            for device in devices {
                let pem = device["public_key"]?.text ?? ""
                let lines = pem.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                #expect(lines.first == "-----BEGIN RSA PUBLIC KEY-----")
                #expect(lines.last == "-----END RSA PUBLIC KEY-----")
                #expect(lines.dropFirst().dropLast().map(\.utf8.count) == [76, 76, 76, 76, 56])
                keys.insert(try RSAPublicKey(pem: pem).pkcs1)
            }
            #expect(keys.count == 2)
        }
    }

    @Test(
        "E5: reserve tells every reason for a 422 in its literal words",
        arguments: [
            (#"{"model":"AY008ESP1"}"#, "AFS-607", "There are some missing required attrs: count"),
            (#"{"model":"AY999ZZZ1","count":1}"#, "AFS-601", "AY999ZZZ1 is not a valid model"),
            (
                #"{"model":"AY008ESP1","count":"ten"}"#, "AFS-602",
                "ten is not a valid integer number between 1 and 1000"
            ),
            (#"{"model":"AY008ESP1","count":0}"#, "AFS-603", "Count should be higher or equal than 1"),
            (#"{"model":"AY008ESP1","count":1001}"#, "AFS-604", "A max of 1000 devices can be reserved"),
            (
                #"{"model":"AY008ESP1","count":900}"#, "AFS-605",
                "There are not enough reservable devices for your request. Please try later"
            ),
            (
                #"{"model":"AY008ESP1","count":5}"#, "AFS-600",
                "There were some failures while processing: key generation failed"
            ),
        ])
    func reserveErrors(body: String, code: String, message: String) async throws {
        try await CloudBench.run { bench in
            try bench.cloud.setPool("AY008ESP1", 10)
            if code == "AFS-600" { bench.cloud.inject(try CloudFault(text: "AFS-600@reserve")) }
            let token = try await bench.token("station7@acme.example")
            let answer = try await bench.factory("reserve", token, body)
            #expect(answer.status == 422)
            #expect(answer.text == #"{"error":[{"code":"\#(code)","message":"\#(message)"}]}"#)
            #expect(bench.cloud.devices.isEmpty)
        }
    }

    @Test("E6: a wrong role is 403, an unknown token 401")
    func wrongRole() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            let forbidden = try await bench.factory("AC000W900000101/manufacture", token, blackBox)
            #expect(forbidden.status == 403)
            #expect(forbidden.text == #"{"error":"Forbidden"}"#)
            let unknown = try await bench.factory(
                "reserve", String(repeating: "0", count: 32), #"{"model":"AY008ESP1","count":1}"#)
            #expect(unknown.status == 401)
            #expect(unknown.text == #"{"error":"Your access token is invalid"}"#)
        }
    }

    @Test("E7, E8: manufacture shows the device; every reason against it has its literal words")
    func manufacture() async throws {
        try await CloudBench.run { bench in
            try bench.cloud.setPool("AY001MTP1", 10, from: 900_000_101)
            let token = try await bench.token("maker@maker.example")
            _ = try await bench.factory("reserve", token, #"{"model":"AY001MTP1","count":2}"#)
            let answer = try await bench.factory("AC000W900000101/manufacture", token, blackBox)
            #expect(answer.status == 200)
            #expect(
                try answer.json
                    == json(
                        #"""
                        {"device":{"dsn":"AC000W900000101","model":"AY001MTP1","mac":"02a1b2c3d4e5",
                        "hwsig":"9f03c2d1-55aa0102-7be43310","odm":null,"manuf_model":"ACM100","manuf_sn":"q17",
                        "module_sw_version":null,"oem_host_version":null,"wifi_setup_key":null,
                        "ads_connect_flag":true,"dom_at":"2025-03-04T09:15:00Z"}}
                        """#))
            let failures: [(String, String, Int, String)] = [
                (
                    "101", blackBox, 422,
                    #"{"error":[{"code":"AFS-606","message":"Device is already manufactured"}]}"#
                ),
                (
                    "102", #"{"model":"AY001MTP1","dom_at":"2025/03/04 09:15:00 UTC"}"#, 422,
                    #"{"errors":[{"code":"AFS-607","message":"There are some missing required attrs: mac, hwsig"}]}"#
                ),
                (
                    "102",
                    #"{"model":"AY001MTP1","mac":"02a1b2c3d4e6","hwsig":"x1","dom_at":"2025-03-04T09:15:00Z"}"#, 422,
                    #"{"error":[{"code":"AFS-608","message":"2025-03-04T09:15:00Z is not valid. "#
                        + #"Valid date format is %Y/%m/%d %H:%M:%S %Z"}]}"#
                ),
                (
                    "102",
                    #"{"model":"AY001MTP1","mac":"02:A1:B2:C3:D4:E5","hwsig":"x1","dom_at":"2025/03/04 09:15:00 UTC"}"#,
                    422,
                    #"{"error":[{"code":"AFS-600","message":"There were some failures while processing: "#
                        + #"mac has already been taken"}]}"#
                ),
                ("999", blackBox, 404, #"{"error":"Not found"}"#),
            ]
            for (dsn, body, status, text) in failures {
                let answer = try await bench.factory("AC000W900000\(dsn)/manufacture.json", token, body)
                #expect(answer.status == status)
                #expect(answer.text == text)
            }
        }
    }

    @Test("E9, E10, E11: a white-box unit is provisioned once, refused in literal words, found by its MAC address")
    func provision() async throws {
        try await CloudBench.run { bench in
            try bench.cloud.setPool("AY008ESP1", 10, from: 900_000_202)
            let token = try await bench.token("station7@acme.example")
            _ = try await bench.factory("reserve", token, #"{"model":"AY008ESP1","count":2}"#)
            let answer = try await bench.factory("AC000W900000202/provision", token, whiteBox)
            let device = try json(
                #"""
                {"dsn":"AC000W900000202","model":"AY008ESP1","oem":"5a1dc0de","mac":"02a1b2c3d4f6",
                "hwsig":"e32-02a1b2c3d4f6","odm":"Acme Works","manuf_model":"DEVKIT","manuf_sn":"q18",
                "oem_model":"acmelamp1","module_sw_version":"lampfw 1.4.0","oem_host_version":"acmelamp 1.0",
                "wifi_setup_key":null,"ads_connect_flag":null,"dom_at":"2025-03-04T09:20:30Z"}
                """#)
            #expect(answer.status == 200)
            #expect(try answer.json.object?["device"] == device)
            let failures: [(String, String, Int, String)] = [
                (
                    "203", #"{"model":"AY008ESP1","mac":"02a1b2c3d4f7"}"#, 422,
                    #"{"error":[{"code":"AFS-607","message":"There are some missing required attrs: oem_model, "#
                        + #"oem_host_version, manuf_model, hwsig, module_sw_version, dom_at"}]}"#
                ),
                (
                    "203", whiteBox.replacing("2025/03/04 09:20:30 UTC", with: "04.03.2025"), 422,
                    #"{"error":[{"code":"AFS-608","message":"04.03.2025 is not valid. "#
                        + #"Valid date format is %Y/%m/%d %H:%M:%S %Z"}]}"#
                ),
                (
                    "202", whiteBox, 422,
                    #"{"error":[{"code":"AFS-600","message":"There were some failures while processing: "#
                        + #"device is already provisioned"}]}"#
                ),
            ]
            for (dsn, body, status, text) in failures {
                let answer = try await bench.factory("AC000W900000\(dsn)/provision", token, body)
                #expect(answer.status == status)
                #expect(answer.text == text)
            }
            let other = try await bench.token("white@other.example")
            let foreign = try await bench.factory("AC000W900000203/provision", other, whiteBox)
            #expect(foreign.status == 404)
            #expect(foreign.text == #"{"error":"Not found"}"#)
            let query =
                "%5Bfilter%5D%5Bmac_like%5D=02a1b2c3d4f6&%5Bfilter%5D%5Bmanuf_sn_like%5D=&order=desc&order_by=dsn"
            let found = try await bench.search(token, query).json.object?["devices"]?.array ?? []
            var shown = device.object ?? [:]
            shown["state"] = "provisioned"
            #expect(found == [.object(["device": .object(shown)])])
            #expect(try await bench.search(other, query).text == #"{"devices":[]}"#)
        }
    }

    @Test("E12: the key of a reserved DSN fits the record of a reservation file")
    func reservationFile() async throws {
        try await CloudBench.run(switches: ["D23=spki"]) { bench in
            let token = try await bench.token("station7@acme.example")
            let answer = try await bench.factory("reserve.json", token, #"{"model":"AY008ESP1","count":1}"#)
            let pem = try answer.json.array?.first?.object?["device"]?.object?["public_key"]?.text ?? ""
            let body = pem.split(separator: "\n").dropFirst().dropLast().joined()
            #expect(Base64.decode(body)?.count == 294)
            #expect(try RSAPublicKey(pem: pem).pkcs1.count == 270)
        }
    }

    @Test("E20: after sign-out the token is worth nothing, and neither is its refresh token")
    func signOut() async throws {
        try await CloudBench.run { bench in
            let tokens = try await bench.signIn("station7@acme.example").json.object
            let token = tokens?["access_token"]?.text ?? ""
            let answer = try await bench.post("/users/sign_out.json", #"{"user":{"access_token":"\#(token)"}}"#)
            #expect(answer.status == 200)
            #expect(answer.text == "{}")
            let after = try await bench.send("GET", "/apiv1/dsns/AC000W900000202.json", token: token)
            #expect(after.status == 401)
            #expect(after.text == #"{"error":"Your access token is invalid"}"#)
            let refresh = tokens?["refresh_token"]?.text ?? ""
            let refreshed = try await bench.post(
                "/users/refresh_token", #"{"user":{"refresh_token":"\#(refresh)"}}"#)
            #expect(refreshed.status == 422)
            let again = try await bench.post("/users/sign_out.json", #"{"user":{"access_token":"\#(token)"}}"#)
            #expect(again.status == 401)
        }
    }
}
