// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Closes the connection as soon as the client ends its half: a client that gave up waits for nothing any more, and
/// its own closing would otherwise last until a late answer is due.
final class CloseWithClient: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        if case .inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
    }
}
