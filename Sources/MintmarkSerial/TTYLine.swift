// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// An open tty with raw settings, owned by this process alone; the settings found are kept for the way back.
struct TTYLine: ~Copyable {
    let descriptor: CInt
    let path: String
    private let found: termios
    private let latency: LatencyTimer?

    /// Opens non-blocking and without becoming the controlling terminal, takes the port for this process
    /// (`flock`, `TIOCEXCL`), sets 8N1 without flow control, and lowers DTR and RTS.
    ///
    /// - Throws: `.portAbsent`, `.portDenied`, `.portBusy`, `.portFailed`, `.badInput` for an unknown baud rate.
    static func open(path: String, baud: Int) throws(MintmarkError) -> TTYLine {
        let speed = try Baud.speed(baud)
        let descriptor = try systemCall("open", on: path) {
            Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        }
        let found: termios
        do throws(MintmarkError) {
            found = try take(descriptor, path, speed)
        } catch {
            close(descriptor)
            throw error
        }
        let line = TTYLine(descriptor: descriptor, path: path, found: found, latency: LatencyTimer(ofPort: path))
        line.latency?.set(milliseconds: 1)
        // Opening raises both for a moment, which resets some boards. A pty has no modem lines: not a fault.
        var lines = TIOCM_DTR | TIOCM_RTS
        _ = ioctl(descriptor, UInt(TIOCMBIC), &lines)
        return line
    }

    private init(descriptor: CInt, path: String, found: termios, latency: LatencyTimer?) {
        self.descriptor = descriptor
        self.path = path
        self.found = found
        self.latency = latency
    }

    /// Makes the port this process's own and raw; returns the settings found.
    private static func take(_ descriptor: CInt, _ path: String, _ speed: speed_t) throws(MintmarkError) -> termios {
        guard isatty(descriptor) == 1 else {
            throw MintmarkError(
                .portFailed, "\(path) is not a serial port",
                next: "Correct the slot's port; `mintmark ports` lists what is there.")
        }
        try systemCall("lock", on: path) { flock(descriptor, LOCK_EX | LOCK_NB) }
        try systemCall("take", on: path) { ioctl(descriptor, UInt(TIOCEXCL)) }
        let found = try settings(of: descriptor, path)
        try setRaw(descriptor, path, from: found, speed)
        return found
    }

    /// Puts the settings back; the descriptor stays open.
    func restore() {
        var settings = found
        tcsetattr(descriptor, TCSANOW, &settings)
        _ = ioctl(descriptor, UInt(TIOCNXCL))
        latency?.restore()
    }

    private static func settings(of descriptor: CInt, _ path: String) throws(MintmarkError) -> termios {
        var settings = termios()
        try systemCall("read the settings of", on: path) { tcgetattr(descriptor, &settings) }
        return settings
    }

    private static func setRaw(_ descriptor: CInt, _ path: String, from found: termios, _ speed: speed_t)
        throws(MintmarkError)
    {
        var settings = found
        cfmakeraw(&settings)
        settings.c_cflag &= ~tcflag_t(CSTOPB | PARENB | CSIZE) & ~tcflag_t(CRTSCTS) & ~tcflag_t(HUPCL)
        settings.c_cflag |= tcflag_t(CS8 | CLOCAL | CREAD)
        settings.c_iflag &= ~tcflag_t(IXON | IXOFF | IXANY)
        withUnsafeMutableBytes(of: &settings.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        cfsetspeed(&settings, speed)
        try systemCall("set", on: path) { tcsetattr(descriptor, TCSANOW, &settings) }
        // tcsetattr succeeds when any one setting was taken: what counts is what is there now.
        let now = try Self.settings(of: descriptor, path)
        let isRaw = now.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0 && now.c_oflag & tcflag_t(OPOST) == 0
        guard isRaw, now.c_cflag & tcflag_t(CSIZE) == tcflag_t(CS8), cfgetospeed(&settings) == speed else {
            throw MintmarkError(
                .portFailed, "\(path) did not take the settings 8N1 at this baud rate",
                next: "Use another baud rate or another adapter.")
        }
        tcflush(descriptor, TCIOFLUSH)
    }
}
