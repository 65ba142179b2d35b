// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCrypto
import TestSupport

@testable import MintmarkSandbox

/// A conversation with a module as a value: lines in, all text out, on a clock of its own.
struct ModuleTalk {
    var module: VirtualModule
    /// Microseconds.
    var now: Int64 = 1_000_000

    /// A blank module that is on and idle, unless changed.
    init(_ change: (inout ModuleOptions) -> Void = { _ in }) {
        var options = ModuleOptions(mac: "0210f4a7c311", hwsig: "3f2a9001-47315112-30343233")
        change(&options)
        module = VirtualModule(options)
        _ = module.wake(at: 0)
    }

    /// A module as the module maker delivers it, with the sample's public key.
    static func labelled(_ change: (inout ModuleOptions) -> Void = { _ in }) -> ModuleTalk {
        ModuleTalk { options in
            options.startMode = .setup
            options.label = ModuleOptions.Label(
                dsn: "AC000W098700123", model: "AY001MTP1", mfgModel: "WD-201", mfgSerial: "wd-000417",
                keyFile: SampleKey.pkcs1)
            change(&options)
        }
    }

    static func user(_ change: (inout ModuleOptions) -> Void = { _ in }) -> ModuleTalk {
        ModuleTalk {
            $0.startMode = .user
            change(&$0)
        }
    }

    /// All that comes of these bytes, in the order of its times; the clock goes on to the last.
    mutating func hear(_ bytes: String) -> String { text(of: module.receive(Array(bytes.utf8), at: now)) }

    /// A line with its echo, its reply, and the prompt behind it.
    mutating func send(_ line: String) -> String { hear(line + "\r") }

    /// The reply's lines alone.
    mutating func ask(_ line: String) -> [String] {
        var lines = send(line).components(separatedBy: "\r\n")
        if lines.first == line { lines.removeFirst() }
        if let last = lines.last, last.hasSuffix("-> ") { lines.removeLast() }
        return lines
    }

    mutating func powerOn() -> String { text(of: module.powerOn(at: now)) }

    /// The banner's end included: the next line is heard.
    mutating func reset() -> String { send("reset") }

    private mutating func text(of outputs: [ModuleOutput]) -> String {
        let sorted = outputs.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
        now = max(now, sorted.last?.element.due ?? now) + 1_000
        return String(decoding: sorted.flatMap(\.element.bytes), as: UTF8.self)
    }
}

extension String {
    /// The text with the milliseconds in front of log lines as `N`, and LF for CR LF.
    var timeless: String {
        replacingOccurrences(of: "\r\n", with: "\n")
            .replacing(#/(?m)^(?<prompt>[a-z]*--?> )?\d+ (?<rest>[idWEm] [a-z]+: )/#) {
                "\($0.prompt ?? "")N \($0.rest)"
            }
    }
}
