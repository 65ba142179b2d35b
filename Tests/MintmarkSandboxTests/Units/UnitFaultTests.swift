// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("Faults of a virtual module strike where they are asked for, once, and are noted")
struct UnitFaultTests {
    @Test("a fault is written as name, command and occurrence", arguments: UnitFault.Kind.allCases)
    func text(kind: UnitFault.Kind) throws {
        let name = kind.rawValue
        #expect(try UnitFault(text: name) == UnitFault(kind))
        #expect(try UnitFault(text: "\(name)@oem key#3") == UnitFault(kind, at: "oem key", occurrence: 3))
        #expect(try UnitFault(text: "\(name)#0").occurrence == 0)
        for text in [name, "\(name)@oem key", "\(name)@save#7"] {
            #expect(try UnitFault(text: text).description == text)
        }
        #expect(!kind.meaning.isEmpty)
    }

    @Test(
        "a fault that is none is refused with the names that are",
        arguments: ["", "sillence", "silence#x", "silence#-1"])
    func badText(text: String) {
        let error = #expect(throws: MintmarkError.self) { try UnitFault(text: text) }
        #expect(error?.code == .badInput && error?.next.contains("Choose from") != text.contains("#"))
    }

    @Test("the second of two faults at one command counts for itself")
    func counting() {
        var talk = ModuleTalk.labelled {
            $0.faults = [
                UnitFault(.lyingSetter, at: "oem ", occurrence: 2), UnitFault(.lyingSetter, at: "oem ", occurrence: 3),
            ]
        }
        for id in ["aaaa", "bbbb", "cccc", "dddd"] {
            _ = talk.send("oem \(id)")
            #expect(talk.module.running.oem == (id == "dddd" ? "dddd" : "aaaa"))
        }
        #expect(talk.module.faults.fired == ["lying-setter@oem #2", "lying-setter@oem #3"])
    }

    @Test("a lost letter is the first behind the command, towards the module only there")
    func lostLetter() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.lostLetter, at: "oem model")] }
        #expect(talk.hear("oem model plug-a1") == "oem model lug-a1")
        _ = talk.send("")
        #expect(talk.module.running.oemModel == "lug-a1")
        #expect(talk.send("oem model plug-a1").hasPrefix("oem model plug-a1\r\n"))
        var end = ModuleTalk.labelled { $0.faults = [UnitFault(.lostLetter, at: "save")] }
        #expect(end.hear("save\r") == "save")
        #expect(end.hear("\r").contains("configuration saved"))
    }

    @Test("a flipped byte is stored and echoed as it arrived")
    func flippedByte() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.flippedByte, at: "oem")] }
        #expect(talk.hear("oem 0dfc7900\r").hasPrefix("oem 1dfc7900\r\n"))
        #expect(talk.module.running.oem == "1dfc7900")
    }

    @Test("a damaged reply waits for a reply that says something")
    func damagedReply() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.damagedReply)] }
        #expect(talk.ask("oem 0dfc7900") == [])
        #expect(talk.ask("show id").last == "id: mac_addr \"0210f4a7c310\"")
        #expect(talk.ask("show id").last == "id: mac_addr \"0210f4a7c311\"")
    }

    @Test("a lying setter strikes at setters, not at what shows")
    func lyingSetter() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.lyingSetter)] }
        #expect(talk.ask("oem").count == 3)
        #expect(talk.ask("wifi profile ap ssid-mac Ayla-") == [])
        #expect(talk.module.running.wifi == ModuleWifi() && talk.module.profile == 0)
        #expect(talk.module.faults.fired == ["lying-setter"])
    }

    @Test("silence lasts until the power is cut; garbage is one reply")
    func silence() {
        var talk = ModuleTalk { $0.faults = [UnitFault(.silence, at: "show id"), UnitFault(.garbage, at: "show oem")] }
        let garbage = talk.send("show oem")
        #expect(garbage.hasPrefix("show oem\r\n") && !garbage.contains("mfg-> "))
        #expect(talk.send("show id") == "show id\r\n")
        #expect(talk.send("show oem") == "")
        #expect(talk.powerOn().hasSuffix("mfg-> "))
        #expect(talk.ask("show oem").count == 3)
    }

    @Test(
        "a restart while saving keeps the old or the new copy",
        arguments: [(UnitFault.Kind.resetInSave, ""), (.resetAfterSave, "0dfc7900")])
    func resetInSave(kind: UnitFault.Kind, kept: String) {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(kind, at: "save")] }
        _ = talk.send("oem 0dfc7900")
        let heard = talk.send("save")
        #expect(heard.contains("bc 2.4.7") && !heard.contains("configuration saved"))
        #expect(talk.module.running.oem == kept && talk.module.state.saved.oem == kept)
    }

    @Test("a save that lies says saved")
    func saveLies() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.saveLies, at: "save")] }
        _ = talk.send("oem 0dfc7900")
        #expect(talk.send("save").contains("configuration saved"))
        #expect(talk.module.running.oem == "0dfc7900" && talk.module.state.saved.oem == "")
    }

    @Test("a boot loop restarts by itself, again and again, and hears nothing")
    func bootLoop() throws {
        var talk = ModuleTalk { $0.faults = [UnitFault(.bootLoop)] }
        var outputs = talk.module.powerOn(at: 0)
        for boot in 1...5 {
            #expect(talk.module.boots == boot)
            #expect(String(decoding: outputs.flatMap(\.bytes), as: UTF8.self).hasPrefix("\r\nbc 2.4.7"))
            let next = try #require(outputs.last)
            #expect(next.event == .restart && next.due == Int64(boot) * 3_000_000)
            #expect(talk.module.receive([0x0D], at: next.due - 1) == [])
            outputs = talk.module.happen(.restart, at: next.due)
        }
        #expect(talk.module.faults.fired == ["boot-loop"])
    }

    @Test("a fault of the boot with a number strikes at that boot")
    func numberedBoot() {
        var talk = ModuleTalk { $0.faults = [UnitFault(.bannerCut, occurrence: 2)] }
        #expect(talk.reset().hasSuffix("mfg-> "))
        #expect(talk.reset().timeless == "reset\nN i mod: mfg mode\n")
        talk.now += 300_000
        #expect(talk.reset().hasSuffix("mfg-> "))
        #expect(talk.module.faults.fired == ["banner-cut#2"])
    }

    @Test("a mode line that lies says setup where the prompt and the commands are those of user mode")
    func modeLineLies() {
        var talk = ModuleTalk.labelled { $0.faults = [UnitFault(.modeLineLies)] }
        let heard = talk.reset()
        #expect(heard.contains("setup mode") && heard.hasSuffix("--> "))
        #expect(talk.ask("oem 0dfc7900") == ["not in mfg or setup mode"])
    }

    @Test(
        "a MAC address is missing, zero or multicast",
        arguments: [
            (UnitFault.Kind.macMissing, ""), (.macZero, "000000000000"), (.macMulticast, "0110f4a7c311"),
        ])
    func mac(kind: UnitFault.Kind, shown: String) {
        var talk = ModuleTalk { $0.faults = [UnitFault(kind)] }
        #expect(talk.ask("show id").last == "id: mac_addr \"\(shown)\"")
    }

    @Test("without an echo the reply comes alone; with a late one it comes first")
    func echo() {
        var off = ModuleTalk { $0.faults = [UnitFault(.echoOff)] }
        #expect(off.send("show host") == "host: none\r\nmfg-> ")
        var late = ModuleTalk { $0.faults = [UnitFault(.echoLate)] }
        let now = late.now
        let outputs = late.module.receive(Array("show host\r".utf8), at: now)
        #expect(outputs.map(\.due) == [now + 2_000_000, now + 5_000])
        #expect(String(decoding: outputs[0].bytes, as: UTF8.self) == "show host\r\n")
        #expect(late.module.receive([0x0D], at: now + 3_000_000)[0].due == now + 3_000_000)
    }

    @Test("log lines flood a reply, and their text may look like anything")
    func logs() {
        var talk = ModuleTalk {
            $0.faults = [UnitFault(.logFlood, at: "show id"), UnitFault(.logSaysFail, at: "save")]
        }
        #expect(talk.ask("show id").count == 57)
        #expect(talk.ask("show id").count == 7)
        let heard = talk.send("save").timeless
        for text in ["FAIL: self test note", "usage: note", "--> note", "setup-> ", "bc init done"] {
            #expect(heard.contains("\nN i client: \(text)\n"))
        }
    }

    @Test("the updater answers with its prompt and nothing else")
    func updater() {
        var talk = ModuleTalk { $0.faults = [UnitFault(.updater)] }
        #expect(talk.send("reset") == "\r\n<>")
        #expect(talk.powerOn() == "\r\n<>")
        #expect(talk.module.boots == 1)
    }

    @Test("an injected fault strikes from then on")
    func inject() {
        var talk = ModuleTalk()
        talk.module.inject(UnitFault(.alreadyLabelled))
        #expect(talk.ask("show id")[1] == "id: serial \"AC000W098700099\"")
        talk.module.inject(UnitFault(.wrongMode))
        #expect(talk.hear("\r") == "\r\n--> ")
        #expect(talk.module.faults.fired == ["already-labelled", "wrong-mode"])
    }

    @Test("the cable is pulled at the command's end")
    func unplug() {
        var talk = ModuleTalk { $0.faults = [UnitFault(.unplug, at: "id serial")] }
        let outputs = talk.module.receive(Array("id serial X\r".utf8), at: talk.now)
        #expect(outputs.last?.event == .unplug && talk.module.running.id["serial"] == nil)
    }

    @Test("noise comes in log lines of its own, never inside a line that is typed, the same for the same seed")
    func noise() throws {
        func hear(seed: UInt64) throws -> String {
            var talk = ModuleTalk {
                $0.noise = 10
                $0.seed = seed
            }
            var heard: [UInt8] = []
            var time: Int64 = 0
            for _ in 1...50 {
                let outputs = talk.module.happen(.noise, at: time)
                let next = try #require(outputs.last)
                #expect(next.event == .noise && (10_000...190_000).contains(next.due - time))
                time = next.due
                heard += outputs.flatMap(\.bytes)
            }
            return String(decoding: heard, as: UTF8.self).timeless
        }
        let heard = try hear(seed: 4)
        #expect(try heard == hear(seed: 4))
        #expect(try heard != hear(seed: 5))
        #expect(heard.split(separator: "\n").allSatisfy { $0.hasPrefix("N ") })
        var typing = ModuleTalk { $0.noise = 10 }
        _ = typing.module.receive(Array("show ho".utf8), at: typing.now)
        #expect(typing.module.happen(.noise, at: typing.now).flatMap(\.bytes) == [])
        let rest = typing.hear("st\r").timeless
        #expect(rest.hasPrefix("st\nN ") && rest.hasSuffix("\nhost: none\nmfg-> "))
    }
}
