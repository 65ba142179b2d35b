// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkDevices
import MintmarkSerial

/// The config dialog alone, on as many ports as are given, all at once: no ledger, no cloud.
///
/// `bench-dialog SECRET-FILE PORT…` prints one JSON line: milliseconds a dialog, wall and CPU milliseconds, peak KiB.
@main
enum BenchDialog {
    static func main() async throws {
        let secretPath = CommandLine.arguments[1]
        let ports = Array(CommandLine.arguments.dropFirst(2))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: secretPath)).filter { $0 != UInt8(ascii: "\n") }
        let secret = SharedSecret(Secret(count: bytes.count) { $0.copyBytes(from: bytes) })
        let begin = ContinuousClock.now
        let times = try await withThrowingTaskGroup(of: Double.self) { group in
            for port in ports {
                group.addTask(executorPreference: SerialTaskExecutor.shared) { try await dialog(on: port, secret) }
            }
            var times: [Double] = []
            for try await time in group { times.append(time) }
            return times
        }
        let wall = (ContinuousClock.now - begin).milliseconds
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let cpu = usage.ru_utime.milliseconds + usage.ru_stime.milliseconds
        print(
            "{\"dialog_ms\":[\(times.map { String(format: "%.3f", $0) }.joined(separator: ","))],"
                + "\"wall_ms\":\(String(format: "%.3f", wall)),\"cpu_ms\":\(String(format: "%.3f", cpu)),\"rss_kib\":\(usage.ru_maxrss)}"
        )
    }

    private static func dialog(on path: String, _ secret: SharedSecret) async throws -> Double {
        let port = try TTYPort.open(path: path, baud: 115_200)
        let order = BCConfigDialog.Order(
            moduleModel: "AY001MTP1", firmware: [], oemID: "0dfc7900", oemModel: "ledevb", oemSecret: secret,
            accessPoint: BCConfigDialog.AccessPoint(ssidPrefix: "Ayla-", security: "none", key: nil), region: "US",
            isDryRun: false)
        let begin = ContinuousClock.now
        let dialog = BCConfigDialog(
            order: order, port: port, timing: ConsoleTiming(), transcript: Transcript(start: begin))
        for step in dialog.plan { try await dialog.perform(step) }
        let time = (ContinuousClock.now - begin).milliseconds
        await port.close()
        return time
    }
}

extension Duration {
    fileprivate var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}

extension timeval {
    fileprivate var milliseconds: Double { Double(tv_sec) * 1e3 + Double(tv_usec) / 1e3 }
}
