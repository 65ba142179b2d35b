// SPDX-License-Identifier: Apache-2.0
import MintmarkSandbox
import NIOCore
import NIOPosix
import NIOSSL

/// One stream over TLS as a client sees it: the texts of its frames.
final class StreamClient: Sendable {
    private let channel: any Channel
    private let texts: AsyncStream<String>

    /// Returns when the cloud has opened the stream.
    init(_ bench: CloudBench, _ query: String) async throws {
        let feed: AsyncStream<String>.Continuation
        (texts, feed) = AsyncStream.makeStream(of: String.self)
        let group = MultiThreadedEventLoopGroup.singleton
        let opened = group.next().makePromise(of: Void.self)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(bench.cloud.caPEM.utf8)))
        let context = try NIOSSLContext(configuration: tls)
        channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: context, serverHostname: nil), StreamFrames(feed, opened),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: Int(bench.url.split(separator: ":").last ?? "") ?? 0).get()
        // The key is RFC 6455's own sample; what it is does not matter here.
        let request =
            "GET /stream?\(query) HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        try await channel.writeAndFlush(ByteBuffer(string: request))
        do { try await opened.futureResult.get() } catch {
            channel.close(promise: nil)
            throw error
        }
    }

    /// Nil when the stream has ended.
    func next() async -> String? {
        for await text in texts { return text }
        return nil
    }

    func close() async throws {
        try await channel.close()
    }
}

/// Takes the server's frames (RFC 6455, 5.2: unmasked, not in pieces) out of the bytes behind its answer.
private final class StreamFrames: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let feed: AsyncStream<String>.Continuation
    private let opened: EventLoopPromise<Void>
    private var bytes: [UInt8] = []
    private var isOpen = false

    init(_ feed: AsyncStream<String>.Continuation, _ opened: EventLoopPromise<Void>) {
        self.feed = feed
        self.opened = opened
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        if !isOpen {
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            isOpen = bytes.starts(with: Array("HTTP/1.1 101 ".utf8))
            bytes.removeSubrange(..<end.upperBound)
            isOpen ? opened.succeed() : opened.fail(ChannelError.eof)
        }
        while let text = frame() { feed.yield(text) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        opened.fail(ChannelError.eof)
        feed.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func frame() -> String? {
        guard isOpen, bytes.count >= 2 else { return nil }
        let short = Int(bytes[1] & 0x7F)
        let start = short == 126 ? 4 : 2
        guard bytes.count >= start else { return nil }
        let count = short == 126 ? Int(bytes[2]) << 8 | Int(bytes[3]) : short
        guard bytes.count >= start + count else { return nil }
        defer { bytes.removeFirst(start + count) }
        return String(decoding: bytes[start..<start + count], as: UTF8.self)
    }
}
