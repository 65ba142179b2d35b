// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
package import MintmarkCore
internal import NIOCore

/// The HTTP of a witness: one route, `POST /add-checkpoint`, bounded in size, time and number of connections.
package struct WitnessServer: Sendable {
    package struct Limits: Sendable {
        /// Longest body, in bytes.
        package var bodySize: Int
        /// For the whole body to arrive.
        package var bodyTime = Duration.seconds(10)
        /// For a connection on which nothing moves.
        package var idle = Duration.seconds(30)
        package var connections = 64

        package init(bodySize: Int) { self.bodySize = bodySize }
    }

    private let address: ListenAddress
    private let tls: TLSFiles?
    private let limits: Limits
    private let answer: @Sendable ([UInt8]) async -> WebAnswer

    /// - Throws: `.refused` for an address that other machines reach, unless `isExposed`.
    package init(
        _ address: ListenAddress, isExposed: Bool = false, tls: TLSFiles? = nil, limits: Limits,
        answer: @escaping @Sendable ([UInt8]) async -> WebAnswer
    ) throws(MintmarkError) {
        guard address.isLoopback || isExposed else {
            throw MintmarkError(
                .refused, "other machines reach \(address.host)",
                next: "Listen on 127.0.0.1, or say --expose when that is what you want.")
        }
        self.address = address
        self.tls = tls
        self.limits = limits
        self.answer = answer
    }

    /// Serves until it is cancelled; `started` gets the base URL once the port is bound.
    ///
    /// - Throws: `.stationFault` when it cannot listen, `.badSecret` when certificate or key cannot be used.
    package func run(started: @escaping @Sendable (_ url: String) -> Void) async throws {
        let (address, scheme) = (address, tls == nil ? "http" : "https")
        let channel = HTTP1Channel.Configuration(
            idleTimeout: TimeAmount(limits.idle),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 4096, maxHeaderListSize: 16_384, maxHeaderFieldCount: 64))
        let application = Application(
            router: router, server: try tls?.server(channel) ?? .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            onServerRunning: { started(address.url(scheme, port: $0.localAddress?.port ?? 0)) },
            logger: Logger(label: "mintmark.witness", factory: { _ in SwiftLogNoOpLogHandler() }))
        do { try await application.run() } catch let error as IOError {
            throw MintmarkError(
                .stationFault, "cannot listen on \(address.host):\(address.port)",
                next: "Choose another port, or 0 for any.", errno: error.errnoCode)
        }
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("add-checkpoint") { request, _ in
            do { return Self.reply(await answer(try await body(of: request))) } catch is NIOTooManyBytesError {
                return Self.reply(WebAnswer(status: 413, body: "the request is too long\n"))
            } catch is BodyTooSlow {
                return Self.reply(WebAnswer(status: 408, body: "the request took too long\n"))
            }
        }
        return router
    }

    private struct BodyTooSlow: Error {}

    /// - Throws: `NIOTooManyBytesError`, `BodyTooSlow`.
    private func body(of request: Request) async throws -> [UInt8] {
        let (body, limits) = (request.body, limits)
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { Array(try await body.collect(upTo: limits.bodySize).readableBytesView) }
            group.addTask {
                try await Task.sleep(for: limits.bodyTime)
                throw BodyTooSlow()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    /// A refusal closes the connection: what is left of its body is not read.
    private static func reply(_ answer: WebAnswer) -> Response {
        var response = Response(
            status: .init(code: answer.status), headers: [.contentType: answer.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
        if answer.status == 408 || answer.status == 413 { response.headers[.connection] = "close" }
        return response
    }
}
