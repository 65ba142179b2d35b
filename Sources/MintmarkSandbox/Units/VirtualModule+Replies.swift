// SPDX-License-Identifier: Apache-2.0

/// From a command to the bytes of its reply.
extension VirtualModule {
    mutating func run(_ text: String, at time: Int64) {
        let words = ModuleWords.split(text)
        switch words.first {
        case "reset": reset(words, text, at: time)
        case "save": save(text, at: time)
        default:
            let before = (running, profile)
            let lines = answer(words, at: time)
            // A reader is never silent, so silence is a setter's success.
            if lines.isEmpty, !words.isEmpty, faults.strikes(.lyingSetter, at: text) { (running, profile) = before }
            reply(lines, to: text, at: time)
        }
    }

    private mutating func reset(_ words: [String], _ text: String, at time: Int64) {
        guard words.count == 1 || words == ["reset", "factory"] else {
            return reply(["usage: reset [factory]"], to: text, at: time)
        }
        if words.count == 2 { startup = nil }
        boot(at: time)
    }

    private mutating func save(_ text: String, at time: Int64) {
        let end = time + options.saveTime
        if faults.strikes(.resetInSave, at: text) { return boot(at: end) }
        if !faults.strikes(.saveLies, at: text) {
            startup = running
            if bootMode != .user { factory = running }
        }
        saves += 1
        if faults.strikes(.resetAfterSave, at: text) { return boot(at: end) }
        log("i", "conf", "configuration saved", at: end)
        reply([], to: text, at: end)
    }

    mutating func reply(_ lines: [String], to text: String, at time: Int64) {
        var bytes: [UInt8] = []
        let isSplit = !lines.isEmpty && faults.strikes(.logInLine, at: text)
        for (index, line) in lines.enumerated() {
            if isSplit, index == lines.count - 1 {
                let middle = line.utf8.count * 3 / 4
                bytes += line.utf8.prefix(middle)
                bytes += "\(milliseconds(time)) W wifi: scan failed\r\n".utf8
                bytes += line.utf8.dropFirst(middle)
            } else {
                bytes += line.utf8
            }
            bytes += [0x0D, 0x0A]
        }
        // The last letter or digit: the bytes behind it are a quote at most, and the line end.
        if let index = bytes.lastIndex(where: { ("0"..."9").contains(Character(Unicode.Scalar($0))) || $0 >= 0x61 }),
            faults.strikes(.damagedReply, at: text)
        {
            bytes[index] ^= 1
        }
        emit(bytes, at: time)
        prompt(at: time)
        if faults.strikes(.logBehindPrompt, at: text) {
            log("i", "client", "ada_client_up: IP 192.168.1.44", at: time)
        }
    }
}
