// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import NIOCore

/// Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6) and leaves the pipeline once it is there.
final class ProxyTunnel: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    struct Refused: Error {
        let words: String
    }

    /// Longest answer of a proxy, in bytes.
    private static let limit = 8192

    private let done: EventLoopPromise<Void>
    private var head = ""

    private init(_ done: EventLoopPromise<Void>) { self.done = done }

    static func open(_ channel: any Channel, to address: CloudAddress, by deadline: Deadline) async throws {
        let done = channel.eventLoop.makePromise(of: Void.self)
        let timer = ProbeConnection.fail(done, at: deadline)
        defer { timer.cancel() }
        channel.eventLoop.submit { try channel.pipeline.syncOperations.addHandler(ProxyTunnel(done)) }
            .whenFailure { done.fail($0) }
        let request = "CONNECT \(address) HTTP/1.1\r\nHost: \(address)\r\n\r\n"
        channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
        do { try await done.futureResult.get() } catch {
            channel.close(promise: nil)
            throw error is ProbeConnection.TooLate ? Refused(words: "no answer in time") : error
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        head += String(buffer: unwrapInboundIn(data))
        guard head.contains("\r\n\r\n") else {
            if head.utf8.count > Self.limit { done.fail(Refused(words: "it does not speak HTTP")) }
            return
        }
        let words = head.split(separator: "\r\n", maxSplits: 1).first.map(String.init) ?? ""
        let status = words.split(separator: " ").dropFirst().first ?? ""
        guard status.count == 3, status.hasPrefix("2") else {
            return done.fail(Refused(words: PrintableText.of(words, limit: 60)))
        }
        context.pipeline.syncOperations.removeHandler(self).cascade(to: done)
    }

    func channelInactive(context: ChannelHandlerContext) { done.fail(Refused(words: "it closed the connection")) }
}
