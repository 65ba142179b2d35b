// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import NIOCore

/// The connection that a request came on.
struct CloudContext: InitializableFromSource, Sendable {
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    /// As `cutUnderTLS`. Returns when the connection is closed.
    func cut() async throws {
        try await channel.eventLoop.submit { [channel] in try channel.cutUnderTLS() }.get()
        try await channel.closeFuture.get()
    }

    /// Returns when the client has closed the connection, or cuts it when this cloud stops.
    func untilClosed() async throws {
        try await withTaskCancellationHandler {
            try await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}

/// Ends the handling of a request whose connection was cut.
struct ConnectionCut: Error {}
