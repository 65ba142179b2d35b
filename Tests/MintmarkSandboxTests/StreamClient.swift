// SPDX-License-Identifier: Apache-2.0
import MintmarkSandbox
import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// One stream over TLS as a client sees it: the texts of its frames.
final class StreamClient: Sendable {
    /// The start of an answer; thrown when it opens no stream.
    struct Answer: Error {
        let status: Int
        /// By their names in small letters.
        let headers: [String: String]
    }

    private let channel: any Channel
    private let texts: AsyncStream<String>

    /// Returns when the cloud has opened the stream: `after` the answer to another request on the same connection, or
    /// sent right `behind` another, in one piece.
    init(_ bench: CloudBench, _ query: String, after: String? = nil, behind: String = "") async throws {
        let feed: AsyncStream<String>.Continuation
        (texts, feed) = AsyncStream.makeStream(of: String.self)
        let group = MultiThreadedEventLoopGroup.singleton
        let answers = (after == nil ? 0..<1 : 0..<2).map { _ in group.next().makePromise(of: Answer.self) }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(bench.cloud.caPEM.utf8)))
        let context = try NIOSSLContext(configuration: tls)
        channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: context, serverHostname: nil), StreamFrames(feed, answers),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: Int(bench.url.split(separator: ":").last ?? "") ?? 0).get()
        // The key is RFC 6455's own sample; what it is does not matter here.
        let request =
            "GET /stream?\(query) HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        do {
            if let after {
                try await channel.writeAndFlush(ByteBuffer(string: after))
                #expect(try await answers[0].futureResult.get().status == 200)
            }
            try await channel.writeAndFlush(ByteBuffer(string: behind + request))
            let answer = try await answers[answers.count - 1].futureResult.get()
            if answer.status != 101 { throw answer }
        } catch {
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

/// Takes the server's answers, and its frames (RFC 6455, 5.2: unmasked, not in pieces) behind the last, out of the bytes.
private final class StreamFrames: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let feed: AsyncStream<String>.Continuation
    private var awaited: [EventLoopPromise<StreamClient.Answer>]
    private var bytes: [UInt8] = []
    private var isOpen = false

    init(_ feed: AsyncStream<String>.Continuation, _ awaited: [EventLoopPromise<StreamClient.Answer>]) {
        self.feed = feed
        self.awaited = awaited
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        while !awaited.isEmpty, let answer = answer() {
            isOpen = answer.status == 101
            awaited.removeFirst().succeed(answer)
        }
        while let text = frame() { feed.yield(text) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        for promise in awaited { promise.fail(ChannelError.eof) }
        awaited = []
        feed.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// With its body, which is let go.
    private func answer() -> StreamClient.Answer? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ": ", maxSplits: 1)
            return (parts[0].lowercased(), parts.count == 2 ? String(parts[1]) : "")
        }
        let answer = StreamClient.Answer(
            status: lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0,
            headers: Dictionary(headers) { first, _ in first })
        let next = end.upperBound + (answer.headers["content-length"].flatMap { Int($0) } ?? 0)
        guard bytes.count >= next else { return nil }
        bytes.removeSubrange(..<next)
        return answer
    }

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
