// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import MintmarkSandbox

@Suite("A virtual module's commands, with every refusal by its letter")
struct CommandTableTests {
    @Test(
        "in manufacturing mode",
        arguments: [
            ("id serial AC000W098700123", []), ("id dev_id AC000W098700123", []), ("id model AY001MTP1", []),
            ("id mfg_model WD-201", []), ("id mfg_serial wd-000417", []), ("id reset", []),
            ("id mac_addr 0210f4a7c399", []), ("id mac_addr 02:10:f4:a7:c3:99", []),
            ("id mac_addr 0110f4a7c399", ["invalid value"]), ("id mac_addr 0210F4A7C399", ["invalid value"]),
            ("id mac_addr 0210f4", ["invalid value"]), ("id serial ABCDEFGHIJ0123456789", ["invalid value"]),
            ("id mfg_model a,b", ["invalid value"]), ("id model \"\"", ["invalid value"]),
            ("id sn X", ["setting sn not supported"]),
            (
                "id serial",
                ["usage: id <name> <value>", "supported names are:  dev_id, serial, model, mfg_model, mfg_serial"]
            ),
            ("file start 0", []), ("file start 1", ["invalid file number"]), ("file crc 1", ["invalid file number"]),
            ("file start", ["usage: file <cmd> <arg>"]), ("file erase 0", ["usage: file <cmd> <arg>"]),
            ("file add AAAA", ["setting add not supported"]), ("file crc 0", ["file 0 len 0 crc ffffffff"]),
            ("mfg_mode disable", []), ("mfg_mode", ["usage: mfg_mode disable"]),
            ("setup_mode disable", ["not in setup mode"]), ("oem 0dfc7900", []), ("gpio 3 out", []),
            ("show test_status", ["test_status: complete 1773738011"]),
            ("show", ["usage: show [id|version|oem|wifi|conf|host|test_status]"]),
            ("show me", ["usage: show [id|version|oem|wifi|conf|host|test_status]"]),
            ("show version", ["bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa"]),
            ("version all", ["bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa"]), ("wifii commit", ["unrecognized command"]),
            ("ID serial X", ["unrecognized command"]), ("reset now", ["usage: reset [factory]"]), ("", []), ("  ", []),
        ])
    func manufacturing(line: String, reply: [String]) {
        var talk = ModuleTalk()
        #expect(talk.ask(line) == reply)
    }

    @Test(
        "in setup mode",
        arguments: [
            ("id serial AC000W098700123", ["not in mfg mode"]), ("id reset", ["not in mfg mode"]),
            ("file start 0", ["not in mfg mode"]), ("file crc 0", ["not in mfg mode"]),
            ("mfg_mode disable", ["not in mfg mode"]), ("oem 0dfc7900", []), ("oem model plug-a1", []),
            ("oem 0dfc_7900", ["error: invalid oem value"]), ("oem -dfc7900", ["error: invalid oem value"]),
            ("oem \"\"", ["error: invalid oem value"]), ("oem model plug_a1", ["error: invalid model value"]),
            ("oem ABCDEFGHIJ0123456789X", ["error: value too long"]),
            ("oem model ABCDEFGHIJ0123456789X", ["error: value too long"]),
            (
                "oem a b",
                [
                    "usage: oem <name>", "   or: oem model <model>", "   or: oem host_version <version>",
                    "   or: oem key <key> [<model>]",
                ]
            ),
            ("oem key 0123456789abcdef0123456789abcdef", ["error: oem and oem model must be set before key"]),
            ("oem", ["oem: \"\"", "oem_model: \"\"", "oem_key: (not set)"]),
            ("show oem", ["oem: \"\"", "oem_model: \"\"", "oem_key: (not set)"]), ("client server region US", []),
            ("client server region CN", []), ("client server region \"\"", []),
            (
                "client server region EU",
                ["unknown region code EU", "usage: client server region <CN|US>"]
            ),
            ("client test", []), ("client", ["usage: client [server region <code>|test]"]), ("setup_mode disable", []),
            ("setup_mode", ["usage error"]), ("setup_mode show", ["setup_mode enabled"]),
            ("setup_mode enable", ["usage: setup_mode enable <key>"]),
        ])
    func setup(line: String, reply: [String]) {
        var talk = ModuleTalk.labelled()
        #expect(talk.ask(line) == reply)
    }

    @Test(
        "in user mode",
        arguments: [
            ("oem 0dfc7900", ["not in mfg or setup mode"]),
            ("oem key 0123456789abcdef", ["not in mfg or setup mode"]),
            ("client server region US", ["not in mfg or setup mode"]), ("setup_mode disable", ["not in setup mode"]),
            ("id serial X", ["not in mfg mode"]), ("setup_mode enable 5f1c77a0b3", ["wrong key"]),
            ("setup_mode enable 5f1c77a0b2", []), ("setup_mode show", ["setup_mode disabled"]),
            ("log mod debug", ["not in mfg or setup mode"]), ("wifi region US", ["not in mfg or setup mode"]),
            ("wifi profile 0 ssid line7 security WPA2_Personal key bench-pass-01 profile enable", []),
        ])
    func user(line: String, reply: [String]) {
        var talk = ModuleTalk.user { $0.setupKey = "5f1c77a0b2" }
        #expect(talk.ask(line) == reply)
    }

    @Test(
        "of the Wi-Fi settings",
        arguments: [
            ("wifi profile ap", []), ("wifi profile 9", []), ("wifi profile AP", ["invalid value"]),
            ("wifi profile -1", ["invalid value"]), ("wifi profile 10", ["invalid value"]),
            ("wifi profile x", ["invalid value"]), ("wifi profile ap profile disable", ["invalid value"]),
            ("wifi profile", ["usage: wifi [<name> <value>]..."]), ("wifi", ["usage: wifi [<name> <value>]..."]),
            ("wifi ssid \"a b\"", []), ("wifi ssid \"\"", ["invalid value"]),
            ("wifi ssid 0123456789012345678901234567890123", ["invalid value"]),
            ("wifi ssid-mac Ayla-", ["invalid value"]), ("wifi profile ap ssid-mac Ayla-", []),
            ("wifi security none", []), ("wifi security WPA2_Personal", []), ("wifi security NONE", ["invalid value"]),
            ("wifi security null", ["invalid value"]), ("wifi security 3", ["invalid value"]),
            ("wifi ant 2", ["invalid value"]), ("wifi ant 3", []), ("wifi mac_addr 0110f4a7c311", ["invalid value"]),
            ("wifi save_on_ap_connect 2", ["invalid value"]), ("wifi region EU", []),
            ("wifi region XX", ["invalid value"]), ("wifi colour red", ["setting colour not supported"]),
            ("wifi enable 1 setup_ios_app X", []),
        ])
    func wifi(line: String, reply: [String]) {
        var talk = ModuleTalk.labelled()
        #expect(talk.ask(line) == reply)
    }

    @Test("an untested module takes no identity and shows no time of a test")
    func untested() {
        var talk = ModuleTalk { $0.faults = [UnitFault(.notTested)] }
        #expect(talk.ask("id serial AC000W098700123") == ["no record of mfg tests passing"])
        #expect(talk.ask("show test_status") == ["test_status: none 0"])
    }

    @Test("the key file is kept to 400 characters and summed as the vectors say")
    func keyFile() {
        var talk = ModuleTalk()
        #expect(ModuleCRC.jamCRC("123456789") == 0x340b_c6d9)
        #expect(ModuleCRC.jamCRC("") == 0xFFFF_FFFF)
        _ = talk.send("file start 0")
        let text = Array(SampleKey.pkcs1)
        for start in stride(from: 0, to: text.count, by: 64) {
            #expect(talk.ask("file add \(String(text[start..<min(start + 64, text.count)]))") == [])
        }
        #expect(talk.ask("file crc 0") == ["file 0 len 360 crc cf131789"])
        #expect(
            talk.ask("file add \(String(repeating: "A", count: 41))")
                == ["length (401) exceeds maximum (400), truncating"])
        #expect(talk.module.running.file0.count == 400)
        var old = ModuleTalk { $0.tellsOfLongFile = false }
        _ = old.send("file start 0")
        #expect(old.ask("file add \(String(repeating: "A", count: 401))") == [])
    }

    @Test("every character is echoed, a line ends with CR, and rubbing out takes letters back")
    func line() {
        var talk = ModuleTalk()
        #expect(talk.hear("sho") == "sho")
        #expect(talk.hear("\n") == "")
        #expect(talk.hear("x\u{7F}\u{8}") == "x\u{8} \u{8}\u{8} \u{8}")
        #expect(talk.hear("ow host\r") == "ow host\r\nhost: none\r\nmfg-> ")
        #expect(talk.hear("\r") == "\r\nmfg-> ")
        #expect(talk.hear("\u{8}") == "")
        let long = String(repeating: "y", count: 1001)
        #expect(talk.hear(long).count == 1000)
        #expect(talk.hear("\r").hasPrefix("\r\nunrecognized command"))
    }

    @Test("quotes of both kinds hold blanks together and join")
    func quotes() {
        #expect(ModuleWords.split(#"a 'b c'  "d'e"f"#) == ["a", "b c", "d'ef"])
        #expect(ModuleWords.split("") == [])
        #expect(ModuleWords.split(#"x """#) == ["x", ""])
        #expect(ModuleWords.split(String(repeating: "w ", count: 25)).count == 20)
    }

    @Test("a MAC address in upper case is taken where the parser is new")
    func upperCase() {
        var talk = ModuleTalk { $0.takesUpperCaseMAC = true }
        #expect(talk.ask("id mac_addr 0210F4A7C399") == [])
        #expect(talk.ask("show id").last == "id: mac_addr \"0210F4A7C399\"")
        _ = talk.reset()
        #expect(talk.ask("show id").last == "id: mac_addr \"0210f4a7c311\"")
    }

    @Test("the clock counts from its start at boot")
    func clock() {
        var talk = ModuleTalk { $0.clockAtBoot = 1_773_739_800 }
        _ = talk.reset()
        talk.now += 5_000_000
        #expect(talk.ask("time").first?.hasPrefix("UTC Time:  03/17/2026 09:30:05, Time Since Boot: 5") == true)
    }
}
