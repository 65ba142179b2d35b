// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import NIOWebSocket

/// Puts the doorkeeper of streams where requests are still HTTP/1.
final class StreamDoor: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let core: CloudCore
    private let heartbeat: TimeAmount

    init(core: CloudCore, heartbeat: TimeAmount) {
        self.core = core
        self.heartbeat = heartbeat
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(
                StreamUpgrade(core: core, heartbeat: heartbeat), position: .after(decoder.handler))
        } catch {
            context.fireErrorCaught(error)
        }
    }
}

/// Turns a connection that asks for `/stream` into a stream, and leaves every other request alone.
private final class StreamUpgrade: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let core: CloudCore
    private let heartbeat: TimeAmount
    private var isTaken = false
    /// Requests that were passed on and have no whole answer yet.
    private var unanswered = 0

    init(core: CloudCore, heartbeat: TimeAmount) {
        self.core = core
        self.heartbeat = heartbeat
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isTaken else { return }
        guard case .head(let head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        guard Self.asksForStream(head) else {
            unanswered += 1
            return context.fireChannelRead(data)
        }
        isTaken = true
        // Answers that are still to come would go out as frames of the stream (RFC 9112, 9.3.2: in the order of the requests).
        if unanswered == 0 { meet(head, context) } else { cut(context) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    private static func asksForStream(_ head: HTTPRequestHead) -> Bool {
        head.uri.hasPrefix("/stream?")
            && head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
    }

    /// The faults on the way to a stream.
    private func meet(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let fate = core.meet(.stream)
        switch fate.fault?.kind {
        case .dropBeforeCommit: return cut(context)
        case .halfOpen: return
        case .status(let status, let retryAfter):
            let headers = retryAfter.map { [("Retry-After", String($0))] } ?? []
            return refuse(HTTPResponseStatus(statusCode: status), headers, context)
        default: break
        }
        let wait = fate.latency + fate.before + fate.after
        guard wait > 0 else { return take(head, context, fate) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(wait))) {
            let (handler, context) = bound.value
            if context.channel.isActive { handler.take(head, context, fate) }
        }
    }

    private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext, _ fate: CloudCore.Fate) {
        let query = CloudQuery.parameters(head.uri.split(separator: "?", maxSplits: 1).last.map(String.init))
        let key = query["stream_key"] ?? ""
        guard core.with({ $0.state.isStreamKey(key) }) else {
            return refuse(.unauthorized, [], context)
        }
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: 1 << 14, shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        upgrader.buildUpgradeResponse(channel: context.channel, upgradeRequest: head, initialResponseHeaders: [:])
            .whenComplete { result in
                let (handler, context) = bound.value
                guard case .success(var headers) = result else { return context.close(promise: nil) }
                headers.replaceOrAdd(name: "Upgrade", value: "websocket")
                headers.replaceOrAdd(name: "Connection", value: "upgrade")
                headers.replaceOrAdd(name: "X-Mintmark-Sandbox", value: "1")
                // Who reads the 101 finds the stream in the hub: nothing leaves before it is there.
                handler.write(.switchingProtocols, headers, context)
                handler.open(key, query, context)
                context.flush()
                if case .dropAfterCommit? = fate.fault?.kind { handler.cut(context) }
            }
    }

    private func cut(_ context: ChannelHandlerContext) {
        do { try context.channel.cutUnderTLS() } catch { context.close(promise: nil) }
    }

    private func refuse(
        _ status: HTTPResponseStatus, _ headers: [(String, String)], _ context: ChannelHandlerContext
    ) {
        let own = [("Content-Length", "0"), ("Connection", "close"), ("X-Mintmark-Sandbox", "1")]
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        write(status, HTTPHeaders(own + headers), context).whenComplete { _ in
            let (handler, context) = bound.value
            handler.cut(context)
        }
        context.flush()
    }

    @discardableResult
    private func write(
        _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void> {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        return context.write(wrapOutboundOut(.end(nil)))
    }

    /// Frames are read and written right behind TLS, before HTTP sees anything of them.
    private func open(_ key: String, _ query: [String: String], _ context: ChannelHandlerContext) {
        let closesSilent = core.with { $0.state.switches.silentStream == .close }
        do {
            let pipeline = context.pipeline.syncOperations
            let tls = try pipeline.context(handlerType: NIOSSLServerHandler.self).handler
            try pipeline.addHandlers(
                [
                    WebSocketFrameEncoder(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 14)),
                    StreamHandler(heartbeat: heartbeat, closesSilent: closesSilent),
                ], position: .after(tls))
            let (core, channel) = (core, context.channel)
            // No event between what is told again and what is told at once: both under the cloud's lock.
            let frames = core.with { parts in
                core.hub.add(key, channel)
                return parts.state.noteStream(key, isOpen: true, query: query)
            }
            for text in frames { StreamHandler.send(text, on: channel) }
            channel.closeFuture.whenComplete { _ in
                core.with { _ = $0.state.noteStream(key, isOpen: false) }
            }
        } catch {
            context.close(promise: nil)
        }
    }
}
