// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import NIOCore
internal import NIOSSL

/// The connection that a request came on.
struct CloudContext: InitializableFromSource, Sendable {
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    /// Closes the socket under the TLS layer: nothing more is sent, not even TLS's word of closing, as when a line
    /// breaks. Returns when it is closed.
    func cut() async throws {
        try await channel.eventLoop.submit { [channel] in
            try channel.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
                .close(mode: .all, promise: nil)
        }.get()
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
