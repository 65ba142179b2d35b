// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import NIOCore
internal import NIOWebSocket

/// Answers heartbeats and pings, and tells of the first connectivity event of one DSN.
final class StreamReader: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let dsn: String
    private let event: EventLoopPromise<Void>

    init(dsn: DSN, _ event: EventLoopPromise<Void>) {
        self.dsn = dsn.description
        self.event = event
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text:
            switch StreamFrame(String(buffer: frame.unmaskedData)) {
            case .heartbeat: send(.text, ByteBuffer(string: "Z"), context)
            case .connectivity(dsn): event.succeed()
            case .connectivity, .other: break
            }
        case .ping: send(.pong, frame.unmaskedData, context)
        case .connectionClose: context.close(promise: nil)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        event.fail(error)
        context.close(promise: nil)
    }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}
