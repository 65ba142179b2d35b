// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkStation
import Synchronization

/// Shows what a station tells: one line a slot, redrawn in place, on a terminal; plain lines elsewhere.
final class ProgressView: Sendable {
    private struct Board {
        var order: [String] = []
        var lines: [String: String] = [:]
        /// How the slot's last unit ended, until another one begins there.
        var results: [String: String] = [:]
        var drawn = 0
    }

    private let isLive: Bool
    private let board = Mutex(Board())

    init(slots: [String], isLive: Bool = Terminal.isErrorATerminal) {
        self.isLive = isLive
        board.withLock { $0.order = slots }
    }

    func show(_ event: StationEvent) {
        switch event {
        case .runOpened(let slot, _):
            board.withLock { $0.results[slot] = nil }
            set(slot, "starting")
        case .stepStarted(let slot, _, let step, let number, let count):
            let bar = String(repeating: "#", count: number) + String(repeating: ".", count: max(0, count - number))
            set(slot, "[\(bar)] \(step)")
        case .runFinished(let report):
            let line = Self.line(report)
            board.withLock { $0.results[report.slot] = line }
            set(report.slot, line, isResult: true)
        case .slotFailed(let slot, let error): fail(slot, error)
        case .waiting(let slot): set(slot, "waiting for the next unit", isResult: true)
        case .badge(let dsn, _, let badge, let text):
            guard badge != .registered || !isLive else { return }
            say("\(dsn): \(badge.shown)\(text.map { " (\($0))" } ?? "")")
        case .notice(let text): say(text)
        }
    }

    /// A unit that has ended keeps its word: ERROR in its place would send it through the slot again.
    private func fail(_ slot: String, _ error: MintmarkError) {
        guard let result = board.withLock({ $0.results[slot] }) else {
            return set(slot, "ERROR  \(error.summary)", isResult: true)
        }
        board.withLock { $0.lines[slot] = result }
        say("Slot \(slot): no further unit: \(error.what) [\(error.code.rawValue)]")
    }

    /// A line that stays, above the slots.
    func say(_ text: String) {
        board.withLock { board in
            erase(&board)
            Terminal.write(text + "\n", to: STDERR_FILENO)
            draw(&board)
        }
    }

    /// Leaves the last state of the slots on the screen and forgets it.
    func finish() {
        board.withLock { board in
            board.drawn = 0
            board.lines = [:]
            board.results = [:]
        }
    }

    private static func line(_ report: RunReport) -> String {
        let name = report.record.dsn?.description ?? report.record.mac?.description ?? "no identity"
        let seconds = String(format: "%.1f s", Double(report.took) / 1_000_000)
        let reason =
            report.error.map { "  \($0.what) [\($0.code.rawValue)\($0.errCode.map { ", \($0)" } ?? "")]" } ?? ""
        return "\(report.outcome.rawValue.uppercased())  \(name)  \(seconds)\(reason)"
    }

    private func set(_ slot: String, _ text: String, isResult: Bool = false) {
        board.withLock { board in
            board.lines[slot] = text
            if isLive {
                erase(&board)
                draw(&board)
            } else if isResult {
                // What failed and what to do next is told in full at the end.
                Terminal.write(
                    "\(slot)  \(text.split(separator: "  ").prefix(3).joined(separator: "  "))\n", to: STDERR_FILENO)
            }
        }
    }

    private func erase(_ board: inout Board) {
        guard isLive, board.drawn > 0 else { return }
        Terminal.write("\u{1B}[\(board.drawn)A\u{1B}[J", to: STDERR_FILENO)
        board.drawn = 0
    }

    private func draw(_ board: inout Board) {
        guard isLive else { return }
        let width = Self.columns
        let lines = board.order.compactMap { slot in board.lines[slot].map { "\(slot)  \($0)" } }
        Terminal.write(lines.map { String($0.prefix(width)) + "\n" }.joined(), to: STDERR_FILENO)
        board.drawn = lines.count
    }

    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col) - 1
    }
}

extension UnitRecord.Badge {
    /// As a person reads it: a lost answer is still on its way.
    var shown: String {
        switch self {
        case .none: "-"
        case .unknown: "queued (checking)"
        case .queued, .registered, .refused, .quarantined: rawValue
        }
    }
}
