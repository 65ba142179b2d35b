// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkSerial
import TestSupport
import Testing

@Suite("TTYPort over a real pty", .timeLimit(.minutes(1)))
struct TTYPortTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("bytes that came before anyone asked are kept, in order")
    func early() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        pty.say("boot noise\r\n")
        pty.say("more")
        var heard = ""
        while heard.utf8.count < 16 { heard += text(try await port.receive(by: .now + .seconds(5))) }
        #expect(heard == "boot noise\r\nmore")
        await port.close()
    }

    @Test("what is sent arrives as it is, without any translation")
    func raw() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        try await port.send(Array("show id\u{3}\n\r".utf8), by: .now + .seconds(5))
        #expect(pty.hear() == "show id\u{3}\n")
        await port.close()
    }

    @Test("silence ends at the deadline and tells what to check")
    func silence() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        let error = await #expect(throws: MintmarkError.self) {
            try await port.receive(by: .now + .milliseconds(30))
        }
        #expect(error?.code == .deviceSilent)
        #expect(error?.next.contains("cable") == true)
        // A deadline that passed leaves the port usable.
        pty.say("late")
        #expect(text(try await port.receive(by: .now + .seconds(5))) == "late")
        await port.close()
    }

    @Test("a pulled cable is portLost, not silence, and stays so")
    func unplugged() async throws {
        let port: TTYPort
        do {
            let pty = try PTY()
            port = try TTYPort.open(path: pty.path, baud: 115_200)
        }
        for _ in 1...2 {
            let error = await #expect(throws: MintmarkError.self) {
                try await port.receive(by: .now + .seconds(5))
            }
            #expect(error?.code == .portLost)
        }
        await #expect(throws: MintmarkError.self) { try await port.send([1], by: .now + .seconds(5)) }
        await port.close()
    }

    @Test("a task that is cancelled stops waiting at once, before or while it waits")
    func cancelled() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        for _ in 1...20 {
            let waiting = Task { try await port.receive(by: .now + .seconds(50)) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        withExtendedLifetime(pty.primary) {}
        await port.close()
    }

    @Test("the second opener is told that the port is busy, whoever it is")
    func busy() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        let path = pty.path
        let error = #expect(throws: MintmarkError.self) { try TTYPort.open(path: path, baud: 115_200) }
        #expect(error?.code == .portBusy)
        await port.close()
    }

    @Test("absent, no tty, unknown speed: each says so")
    func unusable() throws {
        let folder = try TemporaryFolder()
        let (missing, plain) = (folder.file("ttyNone"), try folder.write("plain", "x"))
        #expect(throws: MintmarkError.self) { try TTYPort.open(path: missing, baud: 115_200) }
        let absent = #expect(throws: MintmarkError.self) { try TTYPort.open(path: missing, baud: 115_200) }
        #expect(absent?.code == .portAbsent)
        let noTTY = #expect(throws: MintmarkError.self) { try TTYPort.open(path: plain, baud: 115_200) }
        #expect(noTTY?.what.contains("not a serial port") == true)
        let speed = #expect(throws: MintmarkError.self) { try TTYPort.open(path: plain, baud: 115_201) }
        #expect(speed?.next.contains("921600") == true)
    }

    @Test("without the right to open it the error names the group to join")
    func denied() async throws {
        try #require(geteuid() == 0, "only root can become another user")
        let pty = try PTY()
        let path = pty.path
        chmod(path, 0o600)
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
            setgid(65534)
            setuid(65534)
            do { _ = try TTYPort.open(path: path, baud: 115_200) } catch let error as MintmarkError {
                exit(error.code == .portDenied && error.next.contains("dialout") ? 7 : 1)
            }
        }
        withExtendedLifetime(pty.primary) {}
    }

    @Test("the line is raw while it is open and as it was found afterwards")
    func restored() async throws {
        let pty = try PTY()
        let second = Foundation.open(pty.path, O_RDWR | O_NOCTTY)
        defer { Foundation.close(second) }
        var cooked = termios()
        tcgetattr(second, &cooked)
        cooked.c_lflag |= tcflag_t(ICANON | ECHO)
        tcsetattr(second, TCSANOW, &cooked)
        let port = try TTYPort.open(path: pty.path, baud: 9600)
        var now = termios()
        tcgetattr(second, &now)
        #expect(now.c_lflag & tcflag_t(ICANON | ECHO) == 0)
        await port.close()
        await port.close()
        tcgetattr(second, &now)
        #expect(now.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO))
    }

    @Test("a long line waits for a slow reader and arrives whole")
    func longLine() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        let sent = (0..<65_536).map { UInt8(truncatingIfNeeded: 32 + $0 % 90) }
        let primary = pty.primary
        let reader = Task.detached {
            var heard: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1000)
            while heard.count < sent.count {
                let count = read(primary, &chunk, chunk.count)
                guard count > 0 else { break }
                heard += chunk[..<count]
            }
            return heard
        }
        try await port.send(sent, by: .now + .seconds(20))
        #expect(await reader.value == sent)
        withExtendedLifetime(pty.primary) {}
        await port.close()
    }

    @Test("a second caller is refused and the first is not disturbed")
    func secondCaller() async throws {
        let pty = try PTY()
        let port = try TTYPort.open(path: pty.path, baud: 115_200)
        let results = await withTaskGroup(of: String.self) { group in
            for _ in 1...2 {
                group.addTask {
                    do { return String(decoding: try await port.receive(by: .now + .seconds(20)), as: UTF8.self) } catch
                    {
                        // The loser's refusal is the sign that the winner waits.
                        return (error as? MintmarkError)?.code.rawValue ?? "other"
                    }
                }
            }
            let loser = await group.next()
            pty.say("x")
            return [loser, await group.next()]
        }
        #expect(results == ["port-busy", "x"])
        await port.close()
    }
}
