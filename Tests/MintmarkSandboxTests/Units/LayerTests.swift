// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import TestSupport
import Testing

@testable import MintmarkSandbox

@Suite("A virtual module's layers and its OEM key")
struct LayerTests {
    @Test("setters change what runs; a power cut brings back what was saved")
    func powerCut() {
        var talk = ModuleTalk.labelled()
        _ = talk.send("oem 0dfc7900")
        #expect(talk.module.running.oem == "0dfc7900" && talk.module.state.saved.oem == "")
        _ = talk.powerOn()
        #expect(talk.ask("oem").first == "oem: \"\"")
        _ = talk.send("oem 0dfc7900") + talk.send("save")
        _ = talk.send("oem 11111111")
        _ = talk.powerOn()
        #expect(talk.ask("oem").first == "oem: \"0dfc7900\"")
        #expect(talk.module.boots == 2 && talk.module.saves == 1)
    }

    @Test("a save writes the factory layer while setup mode was on at boot, also after it was disabled")
    func factoryLayer() {
        var talk = ModuleTalk.labelled()
        _ = talk.send("oem 0dfc7900") + talk.send("setup_mode disable") + talk.send("save")
        #expect(talk.module.factory.oem == "0dfc7900" && talk.module.factory.mode == .user)
        _ = talk.reset()
        _ = talk.send("wifi profile 0 ssid home") + talk.send("save")
        #expect(talk.module.state.startup?.oem == "0dfc7900")
        #expect(talk.module.factory.wifi.profiles[0].ssid == "" && talk.module.startup?.wifi.profiles[0].ssid == "home")
        #expect(talk.send("reset factory").hasSuffix("--> "))
        #expect(talk.module.startup == nil && talk.module.running.wifi.profiles[0].ssid == "")
    }

    @Test("a mode is left at the next boot, not before")
    func modes() {
        var talk = ModuleTalk()
        #expect(talk.send("mfg_mode disable").hasSuffix("mfg-> "))
        #expect(talk.send("save").hasSuffix("mfg-> "))
        #expect(talk.reset().hasSuffix("setup-> "))
        #expect(talk.send("setup_mode disable").hasSuffix("setup-> "))
        #expect(talk.reset().hasSuffix("setup-> "), "nothing was saved")
    }

    @Test("input during a boot is lost")
    func boot() {
        var talk = ModuleTalk()
        let start = talk.now
        let outputs = talk.module.receive(Array("reset\rreset\rshow id\r".utf8), at: start)
        #expect(talk.module.boots == 1)
        let text = String(decoding: outputs.flatMap(\.bytes), as: UTF8.self)
        #expect(!text.contains("show") && text.hasSuffix("mfg-> "))
        #expect(talk.module.receive([UInt8(ascii: "x")], at: start + 304_999) == [])
        #expect(talk.module.receive([UInt8(ascii: "x")], at: start + 305_000).count == 1)
    }

    @Test("echo, reply, save and boot come at their times")
    func times() {
        var talk = ModuleTalk()
        let now = talk.now
        #expect(talk.module.receive([0x0D], at: now).map(\.due) == [now, now + 5_000])
        #expect(talk.module.receive(Array("save\r".utf8), at: now).map(\.due) == [now, now + 105_000])
        #expect(
            talk.module.receive(Array("reset\r".utf8), at: now).map(\.due)
                == [now, now + 35_000, now + 65_000, now + 305_000])
    }

    @Test("the OEM key is encrypted with the stored public key, by the module's own clock")
    func oemKey() throws {
        let pair = try SandboxKeyPair(number: 5).privateKey()
        var talk = ModuleTalk.labelled {
            $0.label?.keyFile = Base64.encode(pair.publicKey.pkcs1)
            $0.clockAtBoot = 1_773_740_470
        }
        talk.now = 2_500_000
        _ = talk.send("oem 0dfc7900") + talk.send("oem model plug-a1")
        _ = talk.send("oem key 0123456789abcdef0123456789abcdef")
        let key = talk.module.running.oemKey
        #expect(key.count == 256)
        let text = try pair.decrypt(key).withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(text == "1773740472 0123456789abcdef0123456789abcdef 0dfc7900 plug-a1")
        _ = talk.send("oem key 0123456789abcdef0123456789abcdef *")
        let wild = try pair.decrypt(talk.module.running.oemKey).withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(wild.hasSuffix(" 0dfc7900 *"))
        #expect(talk.module.running.oemKey != key)
        _ = talk.send("oem key \"\"")
        #expect(talk.module.running.oemKey.isEmpty)
    }

    @Test("a key too long for RSA fails in the log only")
    func longKey() {
        var talk = ModuleTalk.labelled()
        _ = talk.send("oem 0dfc7900") + talk.send("oem model plug-a1")
        let heard = talk.send("oem key \(String(repeating: "k", count: 240))").timeless
        #expect(heard.hasSuffix("\nN E conf: oem_key encryption failed.  rc -1\nsetup-> "))
        #expect(talk.module.running.oemKey.isEmpty)
    }

    @Test("a change of OEM id or model clears the key, or keeps it, as the firmware has it", arguments: [true, false])
    func keyAfterChange(clears: Bool) {
        var talk = ModuleTalk.labelled { $0.clearsKeyOnChange = clears }
        func isSet() -> Bool { talk.ask("oem").last == "oem_key: (is set)" }
        for line in ["oem other-model", "oem model other-model"] {
            _ = talk.send("oem 0dfc7900") + talk.send("oem model plug-a1") + talk.send("oem key 0123456789abcdef")
            _ = talk.send("oem 0dfc7900")
            #expect(isSet(), "the same id is no change")
            _ = talk.send(line)
            #expect(isSet() == !clears)
        }
    }

    @Test("the state as JSON tells all three layers, the key and the file's sum")
    func json() throws {
        var talk = ModuleTalk.labelled()
        _ = talk.send("oem 0dfc7900") + talk.send("oem model plug-a1") + talk.send("oem key 0123456789abcdef")
        let before = talk.module.state.json
        #expect(before["startup"] == nil)
        _ = talk.send("save")
        let state = talk.module.state
        for name in ["factory", "startup", "running"] {
            guard case .object(let layer) = state.json[name] else { throw ModuleTalkError.noLayer(name) }
            #expect(layer["oem_key"] == .string(Base64.encode(state.running.oemKey)))
            #expect(layer["file0_crc"] == .string("cf131789"))
        }
        #expect(state.json["hwsig"] == .string("3f2a9001-47315112-30343233"))
    }

    private enum ModuleTalkError: Error { case noLayer(String) }
}
