// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import NIOWebSocket

/// One WebSocket to the Datastream Service, over the same verified TLS as every call.
struct StreamConnection: Sendable {
    private static let frameLimit = 1 << 20

    private let channel: any Channel
    private let event: EventLoopFuture<Void>
    private let host: String

    /// Returns once the stream is open.
    static func open(
        _ service: Datastream, key: SharedSecret, dsn: DSN, by deadline: Deadline
    ) async throws(MintmarkError) -> StreamConnection {
        let settings = service.settings
        let way = try CloudProbe(caFile: settings.caFile, proxy: settings.proxy)
        let (address, host) = (service.address, service.base.host)
        let channel = try await ProbeConnection.open(to: address, through: way.proxy, by: deadline).channel
        let (opened, event) = (
            channel.eventLoop.makePromise(of: Void.self), channel.eventLoop.makePromise(of: Void.self)
        )
        let timer = ProbeConnection.fail(opened, at: deadline)
        defer { timer.cancel() }
        let agent = "mintmark/\(settings.softwareVersion)"
        channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let context = try NIOSSLContext(configuration: way.trust)
            let watch = UpgradeWatch(opened)
            try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: address.serverName))
            let upgrader = NIOWebSocketClientUpgrader(maxFrameSize: frameLimit) { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandlers([
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024,
                            maxAccumulatedFrameSize: frameLimit), StreamReader(dsn: dsn, event),
                    ])
                    pipeline.removeHandler(name: UpgradeWatch.name).cascade(to: opened)
                }
            }
            try pipeline.addHTTPClientHandlers(
                leftOverBytesStrategy: .forwardBytes, withClientUpgrade: ([upgrader], { _ in }))
            try pipeline.addHandler(watch, name: UpgradeWatch.name)
            let uri = key.withBytes { "/stream?stream_key=" + String(decoding: $0, as: UTF8.self) }
            let head = HTTPRequestHead(
                version: .http1_1, method: .GET, uri: uri, headers: ["Host": host, "User-Agent": agent])
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        }.whenFailure { opened.fail($0) }
        do { try await opened.futureResult.get() } catch {
            event.fail(error)
            channel.close(promise: nil)
            throw failure(error, host)
        }
        // A close before anybody waits is no failure that somebody has to look at.
        channel.closeFuture.whenComplete { _ in event.fail(ChannelError.eof) }
        return StreamConnection(channel: channel, event: event.futureResult, host: host)
    }

    /// Returns at the unit's next event, or at the deadline.
    func next(by deadline: Deadline) async throws(MintmarkError) {
        let over = channel.eventLoop.makePromise(of: Void.self)
        event.cascade(to: over)
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(max(.zero, deadline - .now))) { over.succeed() }
        defer { timer.cancel() }
        do {
            try await withTaskCancellationHandler {
                try await over.futureResult.get()
            } onCancel: {
                over.fail(CancellationError())
            }
        } catch {
            throw Self.failure(error, host)
        }
    }

    func close() { channel.close(promise: nil) }

    private static func failure(_ error: any Error, _ host: String) -> MintmarkError {
        switch error {
        case is CancellationError:
            MintmarkError(.interrupted, "the wait for an event was stopped", next: "Start it again.")
        // For now only; a later wait asks again.
        case let error as UpgradeWatch.Refused where error.status == 429 || error.status >= 500:
            MintmarkError(
                .cloudUnreachable, "\(host) opens no stream now: status \(error.status)",
                next: "Nothing: the unit's twin is looked at instead.")
        case let error as UpgradeWatch.Refused:
            MintmarkError(
                .cloudRefused, "\(host) opens no stream: status \(error.status)",
                next: "Check that the endpoint is a Datastream Service for cloud clients.")
        case NIOSSLError.uncleanShutdown: ended(host)
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            MintmarkError(
                .cloudTLS, "no trusted TLS connection to \(host)",
                next: "Check this machine's clock, the station file's ca-file and that the host is the right one.")
        default: ended(host)
        }
    }

    /// Also of a trusted connection that was cut without TLS's word of closing.
    private static func ended(_ host: String) -> MintmarkError {
        MintmarkError(
            .cloudUnreachable, "the stream of \(host) ended or did not open in time",
            next: "Nothing: the unit's twin is looked at instead.")
    }
}
