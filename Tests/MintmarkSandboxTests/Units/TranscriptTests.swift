// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import MintmarkSandbox

@Suite("A virtual module's side of the worked dialogs, letter by letter but for the milliseconds")
struct TranscriptTests {
    @Test("label: from blank to setup mode")
    func label() {
        var talk = ModuleTalk()
        var heard = talk.hear("\r") + talk.reset()
        for line in ["show test_status", "show id", "id serial AC000W098700123", "id dev_id AC000W098700123"] {
            heard += talk.send(line)
        }
        for line in [
            "id model AY001MTP1", "id mfg_model WD-201", "id mfg_serial wd-000417", "mfg_mode disable", "save",
        ] {
            heard += talk.send(line)
        }
        heard += talk.reset()
        #expect(
            heard.timeless == """

                mfg-> reset

                bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa
                N i mod: mfg mode
                N i mod: bc init done
                mfg-> show test_status
                test_status: complete 1773738011
                mfg-> show id
                id: model ""
                id: serial ""
                id: dev_id ""
                id: mfg_model ""
                id: mfg_serial ""
                id: stm32_sig "3f2a9001-47315112-30343233"
                id: mac_addr "0210f4a7c311"
                mfg-> id serial AC000W098700123
                mfg-> id dev_id AC000W098700123
                mfg-> id model AY001MTP1
                mfg-> id mfg_model WD-201
                mfg-> id mfg_serial wd-000417
                mfg-> mfg_mode disable
                mfg-> save
                N i conf: configuration saved
                mfg-> reset

                bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa
                N i mod: setup mode
                N i mod: bc init done
                setup->\u{20}
                """)
        #expect(talk.ask("show id").first == "id: model \"AY001MTP1\"")
    }

    @Test("config: from setup mode to user mode")
    func config() {
        var talk = ModuleTalk.labelled()
        var heard = talk.hear("\r")
        for line in [
            "wifi profile ap", "wifi ssid-mac Ayla-", "wifi security none", "wifi profile enable", "wifi commit",
            "oem 0dfc7900", "oem model plug-a1", "oem key 0123456789abcdef0123456789abcdef", "oem",
            "client server region US", "setup_mode disable", "save", "reset",
        ] { heard += talk.send(line) }
        #expect(
            heard.timeless == """

                setup-> wifi profile ap
                setup-> wifi ssid-mac Ayla-
                setup-> wifi security none
                setup-> wifi profile enable
                setup-> wifi commit
                N i wifi: Setting AP mode SSID Ayla-0210f4a7c311
                setup-> oem 0dfc7900
                setup-> oem model plug-a1
                setup-> oem key 0123456789abcdef0123456789abcdef
                setup-> oem
                oem: "0dfc7900"
                oem_model: "plug-a1"
                oem_key: (is set)
                setup-> client server region US
                setup-> setup_mode disable
                setup-> save
                N i conf: configuration saved
                setup-> reset

                bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa
                N i mod: bc init done
                -->\u{20}
                """)
        #expect(talk.ask("show wifi").contains("   AP    Ayla-0210f4a7c311             none "))
    }

    @Test("a module in user mode boots without a mode line and refuses OEM data")
    func wrongMode() {
        var talk = ModuleTalk.user()
        #expect(
            (talk.reset() + talk.send("oem 0dfc7900")).timeless == """
                reset

                bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa
                N i mod: bc init done
                --> oem 0dfc7900
                not in mfg or setup mode
                -->\u{20}
                """)
    }

    @Test("wrong firmware shows in the banner and in `show version`")
    func wrongFirmware() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.wrongFirmware)] }
        #expect(
            talk.reset().timeless == """
                reset

                bc 2.4.5 12/08/15 22:03:34 ID 77ab01e
                N i mod: setup mode
                N i mod: bc init done
                setup->\u{20}
                """)
        #expect(talk.ask("show version") == ["bc 2.4.5 12/08/15 22:03:34 ID 77ab01e"])
    }

    @Test("commands fail loudly, and `oem key` without a public key fails in the log only")
    func failures() {
        var talk = ModuleTalk.labelled { $0.label?.keyFile = "" }
        var heard = talk.hear("\r")
        for line in [
            "oem key 0123456789abcdef0123456789abcdef", "wifi security NONE", "wifii commit", "oem 0dfc7900",
            "oem model plug_a1", "oem model plug-a1", "oem key 0123456789abcdef0123456789abcdef", "oem",
        ] { heard += talk.send(line) }
        #expect(
            heard.timeless == """

                setup-> oem key 0123456789abcdef0123456789abcdef
                error: oem and oem model must be set before key
                setup-> wifi security NONE
                invalid value
                setup-> wifii commit
                unrecognized command
                setup-> oem 0dfc7900
                setup-> oem model plug_a1
                error: invalid model value
                setup-> oem model plug-a1
                setup-> oem key 0123456789abcdef0123456789abcdef
                N E conf: pub key not set
                setup-> oem
                oem: "0dfc7900"
                oem_model: "plug-a1"
                oem_key: (not set)
                setup->\u{20}
                """)
    }

    @Test("a log line stands inside a line, and behind a prompt that does not come again")
    func logsInTheWay() {
        var talk = ModuleTalk.labelled {
            $0.faults = [UnitFault(.logInLine, at: "show id"), UnitFault(.logBehindPrompt, at: "show version")]
        }
        #expect(
            talk.send("show id").timeless.hasSuffix(
                #"""
                id: stm32_sig "3f2a9001-47315112-30343233"
                id: mac_addr "0210f41005 W wifi: scan failed
                a7c311"
                setup->\#u{20}
                """#))
        #expect(
            talk.send("show version").timeless.hasSuffix(
                "ID 5d1c0aa\nsetup-> N i client: ada_client_up: IP 192.168.1.44\n"))
    }

    @Test("a brown-out in the middle of a line voids what was not saved")
    func brownOut() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.resetMidDialog, at: "oem mod")] }
        #expect(
            (talk.hear("\r") + talk.send("oem 0dfc7900") + talk.send("oem model plug-a1") + talk.send("oem")).timeless
                == """

                setup-> oem 0dfc7900
                setup-> oem mod
                bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa
                N i mod: setup mode
                N i mod: bc init done
                setup-> oem
                oem: ""
                oem_model: ""
                oem_key: (not set)
                setup->\u{20}
                """)
    }

    @Test("a module that has a DSN shows it in manufacturing mode")
    func labelledAlready() {
        var talk = ModuleTalk { $0.faults = [UnitFault(.alreadyLabelled)] }
        #expect(talk.hear("\r") == "\r\nmfg-> ")
        #expect(talk.ask("show id")[1] == "id: serial \"AC000W098700099\"")
    }

    @Test("a right key opens setup mode again, and saving keeps it open")
    func reenable() {
        var talk = ModuleTalk.user { $0.setupKey = "5f1c77a0b2" }
        #expect(
            (talk.send("setup_mode enable 5f1c77a0b3") + talk.send("setup_mode enable 5f1c77a0b2") + talk.send("save"))
                .timeless == """
                    setup_mode enable 5f1c77a0b3
                    wrong key
                    --> setup_mode enable 5f1c77a0b2
                    setup-> save
                    N i conf: configuration saved
                    setup->\u{20}
                    """)
        #expect(talk.reset().hasSuffix("setup-> "))
    }
}
