// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import Synchronization

/// An HTTP proxy on the loopback address that tunnels, or refuses to with a status of its own.
final class ConnectProxy: Sendable {
    private let channel: any Channel
    private let log: Log

    fileprivate final class Log: Sendable {
        let heads = Mutex<[String]>([])
    }

    /// Status 200 tunnels.
    init(status: Int = 200) async throws {
        let log = Log()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Tunnel(log: log, status: status))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
    }

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
    /// Everything that came before a tunnel was open.
    var heads: [String] { log.heads.withLock { $0 } }

    func stop() async { try? await channel.close() }
}

/// The client's side: reads the CONNECT request, then passes bytes on.
private final class Tunnel: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: ConnectProxy.Log
    private let status: Int
    private var head = ""
    private var peer: (any Channel)?

    init(log: ConnectProxy.Log, status: Int) {
        self.log = log
        self.status = status
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if let peer {
            peer.writeAndFlush(bytes, promise: nil)
            return
        }
        head += String(buffer: bytes)
        guard head.hasSuffix("\r\n\r\n") else { return }
        log.heads.withLock { $0.append(head) }
        guard status == 200, let port = head.split(separator: " ").dropFirst().first?.split(separator: ":").last else {
            let answer = ByteBuffer(string: "HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
            return
        }
        let client = context.channel
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { $0.pipeline.addHandler(Return(client: client)) }
            .connect(host: "127.0.0.1", port: Int(port) ?? 0)
            .whenSuccess { peer in
                let (tunnel, context) = bound.value
                tunnel.peer = peer
                context.writeAndFlush(
                    tunnel.wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n")), promise: nil)
            }
    }

    func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// The server's side: passes bytes back.
private final class Return: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let client: any Channel

    init(client: any Channel) { self.client = client }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        client.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
