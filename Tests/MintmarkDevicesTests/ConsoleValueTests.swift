// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@testable import MintmarkDevices

@Suite("The console's grammar as values")
struct ConsoleValueTests {
    @Test(
        "log lines of every build are told from replies",
        arguments: [
            ("41 i mod: mfg mode", "mod", "mfg mode"), ("388 i mod: bc init done", "mod", "bc init done"),
            ("9120 i w wifi: connecting to SSID line7", "wifi", "connecting to SSID line7"),
            ("2026-03-19T06:15:02.110 i c client: module name \"x\"", "client", "module name \"x\""),
            (
                "[ada] 06:15:02.530 E c client: OEM info put failed status 404", "client",
                "OEM info put failed status 404"
            ),
            ("7719 E conf: pub key not set", "conf", "pub key not set"),
        ])
    func logLine(line: String, module: String, text: String) throws {
        let log = try #require(LogLine(line))
        #expect(log.module == module && log.text == text)
        #expect(log.tellsOfFailure == (line.contains(" E ")))
    }

    @Test(
        "replies are no log lines",
        arguments: [
            "id: serial \"AC000W098700123\"", "oem_key: (is set)", "file 0 len 360 crc cf131789", "", "bc 2.4.7",
            "12 apples",
        ])
    func noLogLine(line: String) { #expect(LogLine(line) == nil) }

    @Test("a prompt counts only at a line's beginning and when it is all there is")
    func prompts() throws {
        var scanner = ConsoleScanner()
        let first = try scanner.push(Array("text setup-> ".utf8))
        #expect(first.isEmpty && scanner.prompt == nil)
        let second = try scanner.push(Array("\r\nsetup-> ".utf8))
        #expect(second == ["text setup-> "])
        #expect(scanner.prompt == .setup)
        let third = try scanner.push(Array("5304 i client: up\r\n".utf8))
        #expect(third == ["setup-> 5304 i client: up"])
    }

    @Test("any cutting of the same bytes gives the same lines", arguments: 0..<100 as Range<UInt64>)
    func cutting(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let text = Array("show id\r\nid: serial \"\"\r\n\r\nmfg-> ".utf8)
        var (scanner, rest, lines) = (ConsoleScanner(), text[...], [String]())
        while !rest.isEmpty {
            let count = Int.random(in: 1...5, using: &random)
            lines += try scanner.push(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        #expect(lines == ["show id", "id: serial \"\"", ""] && scanner.prompt == .manufacturing)
    }

    @Test("a line without an end is an error, not a memory leak")
    func endless() {
        var scanner = ConsoleScanner()
        let error = #expect(throws: MintmarkError.self) {
            try scanner.push([UInt8](repeating: 65, count: ConsoleScanner.maximumLine + 1))
        }
        #expect(error?.code == .deviceGarbled)
    }

    @Test("a prompt with a log line behind it ends the reply; one with the echo behind it does not")
    func exchange() {
        var exchange = CommandExchange("oem 0dfc7900")
        exchange.see("setup-> oem 0dfc7900")
        #expect(exchange.echo == .exact && exchange.promptInLine == nil)
        exchange.see("5301 i wifi: FAIL: scan")
        #expect(exchange.lines.isEmpty)
        exchange.see("setup-> 5304 i client: ada_client_up: IP 192.168.1.44")
        #expect(exchange.promptInLine == .setup)
    }

    @Test("lines before the echo answered something else")
    func late() {
        var exchange = CommandExchange("show id")
        for line in ["oem_key: (is set)", "show id", "id: serial \"\""] { exchange.see(line) }
        #expect(exchange.echo == .exact && exchange.lines == ["id: serial \"\""])
    }

    @Test(
        "every refusal is one, and a reading command's data is none",
        arguments: [
            "not in mfg mode", "no record of mfg tests passing", "usage: id <name> <value>", "invalid value",
            "setting x not supported", "id: conf not permitted", "id: conf err 7", "not in mfg or setup mode",
            "error: invalid oem value", "error: value too long", "error: oem and oem model must be set before key",
            "unknown region code X", "not in setup mode", "wrong key", "enabling setup_mode requires factory reset",
            "unrecognized command", "length (464) exceeds maximum (400), truncating", "command line too long",
        ])
    func refusals(line: String) {
        let reply = CommandReply(lines: [line], logs: [], prompt: .setup, isEchoed: true)
        #expect(reply.refusal == line || line.hasPrefix("unknown region"))
        let data = CommandReply(lines: ["id: model \"error invalid\""], logs: [], prompt: .setup, isEchoed: true)
        #expect(data.readRefusal == nil)
    }

    @Test("boot banners give the version; changed sources and simulators show")
    func banners() {
        func version(_ line: String) -> String? {
            var boot = BootReport()
            return boot.see(line: line) ? boot.version : nil
        }
        #expect(version("bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa") == "2.4.7")
        #expect(version("bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa+") == "2.4.7+")
        #expect(version("bc 2.4.7 sim 03/02/16 18:20:11 ID 5d1c0aa") == "2.4.7 sim")
        #expect(version("bc init done") == nil)
    }

    @Test(
        "check sums of the key file",
        arguments: [("123456789", "340bc6d9"), ("", "ffffffff"), (SampleKey.pkcs1, "cf131789")])
    func crc(text: String, crc: String) { #expect(KeyFile.crc(text) == crc) }

    @Test("the key file's other form has a check sum without a leading zero")
    func spkiCRC() throws {
        let head = "30820122300d06092a864886f70d01010105000382010f00"
        let der = try #require(Hex.decode(head)) + #require(Base64.decode(SampleKey.pkcs1))
        let text = Base64.encode(der)
        #expect(text.count == 392 && KeyFile.crc(text) == "f84316d")
    }

    @Test("a spoiled identity line is not taken for half a value")
    func spoiled() throws {
        #expect(
            ShowID(["id: serial \"AC000W098700123\"", "id: mac_addr \"0210f45218 W wifi: scan failed", "a7c311\""])
                == nil)
        let good = try #require(ShowID(["  id: mac_addr \"0210f4a7c311\"", "id: serial \"\"", "id: new \"x\""]))
        #expect(try good.identity().mac.description == "0210f4a7c311")
        #expect(try good.identity().dsn == nil)
    }

    @Test("OEM status and Wi-Fi status are read whole or not at all")
    func status() throws {
        let status = OEMStatus(["oem: \"0dfc7900\"", "oem_model: \"plug-a1\"", "oem_key: (is set)"])
        #expect(status?.id == "0dfc7900" && status?.isKeySet == true)
        #expect(OEMStatus(["oem: \"0dfc7900\"", "oem_key: (is set)"]) == nil)
        let wifi = WifiStatus([
            "profiles:", "Index Network Security", "   AP    Ayla 02 x            none hidden disabled",
        ])
        #expect(wifi?.network == "Ayla 02 x" && wifi?.security == "none")
    }

    @Test("any six letters in common with a secret are hidden", arguments: 0..<50 as Range<UInt64>)
    func mask(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let secret = "k7Q2pX9vLm4RtZ8s"
        var mask = SecretMask()
        mask.hide(SharedSecret(Secret(count: secret.utf8.count) { $0.copyBytes(from: secret.utf8) }))
        let start = Int.random(in: 0...10, using: &random)
        let part = String(secret.dropFirst(start).prefix(Int.random(in: 6...16, using: &random)))
        let masked = mask.apply(to: "oem key \(part) end")
        if part.count >= 6 { #expect(!masked.contains(part) && masked.hasPrefix("oem key <hidden>")) }
        #expect(mask.apply(to: "oem model plug-a1") == "oem model plug-a1")
    }
}
