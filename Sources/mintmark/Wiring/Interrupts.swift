// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// Turns SIGINT and SIGTERM into the cancellation of the running command, which then ends in order.
enum Interrupts {
    static func cancelling(_ body: sending @escaping () async throws -> Void) async throws {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { task.cancel() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try await task.value
    }
}
