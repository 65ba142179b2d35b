// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import NIOWebSocket

/// One open stream: sends heartbeats and takes their answers. Nothing of what comes in goes further down the pipeline,
/// which still belongs to HTTP.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    /// So many heartbeats without an answer end the stream.
    private static let patience = 3

    private let heartbeat: TimeAmount
    private let closesSilent: Bool
    private var timer: RepeatedTask?
    private var unanswered = 0

    init(heartbeat: TimeAmount, closesSilent: Bool) {
        self.heartbeat = heartbeat
        self.closesSilent = closesSilent
    }

    /// On the channel's event loop.
    static func send(_ text: String, on channel: any Channel) {
        guard let context = try? channel.pipeline.syncOperations.context(handlerType: StreamHandler.self) else {
            return
        }
        let frame = WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
        context.writeAndFlush(NIOAny(frame), promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleRepeatedTask(initialDelay: heartbeat, delay: heartbeat) { _ in
            handler.value.beat(channel)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: if String(buffer: frame.unmaskedData) == "Z" { unanswered = 0 }
        case .connectionClose: context.close(promise: nil)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    private func beat(_ channel: any Channel) {
        guard !closesSilent || unanswered < Self.patience else { return channel.close(promise: nil) }
        unanswered += 1
        Self.send("1|Z", on: channel)
    }
}
