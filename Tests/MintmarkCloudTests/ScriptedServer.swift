// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTPS server on the loopback address that does what its script says, faults included.
final class ScriptedServer: Sendable {
    struct Request: Sendable, Equatable {
        var method: String
        var uri: String
        var headers: [String: String]
        var body: String
    }

    enum Reply: Sendable {
        case answer(Int, String, headers: [String: String] = [:])
        /// Closes the connection without a word.
        case drop
        /// Promises a longer body than it sends, then closes.
        case truncated(Int, String)
        /// Never answers.
        case silence
    }

    /// Called with the request and how many came before it.
    typealias Script = @Sendable (Request, Int) -> Reply

    let port: Int
    private let channel: any Channel
    private let log: RequestLog

    /// The certificate's key is used up here.
    init(
        certificatePEM: String, keyPEM: SharedSecret, maximumTLS: TLSVersion? = nil, script: @escaping Script
    ) async throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: keyPEM.withBytes { Array($0) }, format: .pem)))
        if let maximumTLS {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = maximumTLS
        }
        let context = try NIOSSLContext(configuration: configuration)
        let log = RequestLog()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    log.connections.withLock { $0 += 1 }
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.addHandler(DecryptedCount(log))
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(log: log, script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
        port = channel.localAddress?.port ?? 0
    }

    var url: String { "https://127.0.0.1:\(port)" }
    var requests: [Request] { log.requests.withLock { $0 } }
    /// Bytes that came out of TLS, whatever they were.
    var decryptedBytes: Int { log.decrypted.withLock { $0 } }
    var connections: Int { log.connections.withLock { $0 } }

    func stop() async { try? await channel.close() }
}

final class RequestLog: Sendable {
    let requests = Mutex<[ScriptedServer.Request]>([])
    let connections = Mutex(0)
    let decrypted = Mutex(0)
}

/// Counts what TLS let through.
private final class DecryptedCount: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let log: RequestLog

    init(_ log: RequestLog) { self.log = log }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        log.decrypted.withLock { $0 += unwrapInboundIn(data).readableBytes }
        context.fireChannelRead(data)
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let log: RequestLog
    private let script: ScriptedServer.Script
    private var head: HTTPRequestHead?
    private var body = ""

    init(log: RequestLog, script: @escaping ScriptedServer.Script) {
        self.log = log
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let part): body += String(buffer: part)
        case .end:
            guard let head else { return }
            let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
            let request = ScriptedServer.Request(
                method: head.method.rawValue, uri: head.uri, headers: headers, body: body)
            let number = log.requests.withLock {
                $0.append(request)
                return $0.count - 1
            }
            reply(script(request, number), context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func reply(_ reply: ScriptedServer.Reply, context: ChannelHandlerContext) {
        switch reply {
        case .answer(let status, let body, let headers):
            send(status, body, length: body.utf8.count, headers: headers, context: context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .drop: context.close(promise: nil)
        case .truncated(let status, let body):
            send(status, body, length: body.utf8.count + 10, headers: [:], context: context)
            context.flush()
            context.close(promise: nil)
        case .silence: break
        }
    }

    private func send(
        _ status: Int, _ body: String, length: Int, headers: [String: String], context: ChannelHandlerContext
    ) {
        var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
        fields.add(name: "Content-Length", value: "\(length)")
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
    }
}
