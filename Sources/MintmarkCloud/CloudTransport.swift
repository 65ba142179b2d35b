// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
internal import MintmarkCore
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Sends requests over verified TLS and takes in bounded answers. Nothing here can switch verification off.
final class CloudTransport: Sendable {
    /// For finding out why there is no trusted connection.
    private static let explanation = Duration.seconds(5)

    private let pooled: HTTPClient
    private let single: HTTPClient
    private let settings: CloudSettings
    private let sandbox = Mutex<String?>(nil)

    /// - Throws: `.badStationFile` for a proxy or CA file that cannot be used.
    init(_ settings: CloudSettings) throws(MintmarkError) {
        self.settings = settings
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try TLSTrust.configuration(settings.caFile), redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(settings.limits.connect)),
            proxy: try Self.proxy(settings.proxy))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = TimeAmount(settings.limits.idle)
        // 64 registrations at once, and room for a sign-in and a search beside them.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 80
        configuration.connectionPool.retryConnectionEstablishment = false
        pooled = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        configuration.maximumUsesPerConnection = 1
        single = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// The HTTP client stops the process when it goes away open; an error on the way must not do that.
    deinit {
        _ = pooled.shutdown() as EventLoopFuture<Void>
        _ = single.shutdown() as EventLoopFuture<Void>
    }

    /// Host of a service that called itself a sandbox.
    var sandboxHost: String? { sandbox.withLock { $0 } }

    /// Sends a request and returns the whole answer, whatever its status.
    func send(_ call: CloudCall) async throws(CallFailure) -> CloudAnswer {
        try refuseMixUp()
        guard !Task.isCancelled else {
            throw CallFailure(HTTPClientError.cancelled, isSent: false, host: call.base.host)
        }
        let remaining = call.deadline - .now
        guard remaining > .zero else {
            throw CallFailure(HTTPClientError.deadlineExceeded, isSent: false, host: call.base.host)
        }
        let exchange = Exchange(limit: settings.limits.answerSize)
        let answer: CloudAnswer
        do {
            let client = call.needsFreshConnection ? single : pooled
            let task = client.execute(
                request: try request(call, for: exchange), delegate: exchange,
                deadline: .now() + TimeAmount(remaining))
            answer = try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw await explained(CallFailure(error, isSent: exchange.isSent, host: call.base.host), call)
        }
        if answer.saysSandbox { sandbox.withLock { $0 = $0 ?? call.base.host } }
        try refuseMixUp()
        return answer
    }

    /// The HTTP client says little of why a certificate is refused: a second handshake, on which nothing is sent, tells.
    private func explained(_ failure: CallFailure, _ call: CloudCall) async -> CallFailure {
        guard !failure.isSent, failure.error.code == .cloudTLS, let address = CloudAddress(url: call.base.url) else {
            return failure
        }
        do throws(MintmarkError) {
            let probe = try CloudProbe(caFile: settings.caFile, proxy: settings.proxy)
            _ = try await probe.reach(address, by: .now + Self.explanation)
            return failure
        } catch {
            return error.code == .cloudTLS ? CallFailure(unsent: error) : failure
        }
    }

    /// Closes all connections. A call after it fails.
    func shutdown() async {
        try? await pooled.shutdown()
        try? await single.shutdown()
    }

    private func request(_ call: CloudCall, for exchange: Exchange) throws -> HTTPClient.Request {
        var headers: HTTPHeaders = [
            "Accept": "application/json", "Content-Type": "application/json",
            "User-Agent": "mintmark/\(settings.softwareVersion)",
        ]
        if let token = call.token { headers.add(name: "Authorization", value: token.authorization) }
        return try HTTPClient.Request(
            url: call.base.url + call.path, method: call.isDelete ? .DELETE : call.body == nil ? .GET : .POST,
            headers: headers,
            body: call.body.map(exchange.body))
    }

    /// A sandbox's word on a field unit must not count, nor may anything more be sent to it.
    private func refuseMixUp() throws(CallFailure) {
        guard settings.environment.deployment == .field, let host = sandboxHost else { return }
        throw CallFailure(
            unsent: MintmarkError(
                .sandboxMixUp, "\(host) is a sandbox, and this station works for \(settings.environment)",
                next: "Take the endpoints out of the station file, or set its deployment to dev."))
    }

    static func proxy(_ text: String?) throws(MintmarkError) -> HTTPClient.Configuration.Proxy? {
        guard let text else { return nil }
        let scheme = "http://"
        let parts = text.dropFirst(scheme.count).split(separator: ":", omittingEmptySubsequences: false)
        guard text.hasPrefix(scheme), parts.count == 2, let port = UInt16(parts[1]), port > 0, !parts[0].isEmpty,
            parts[0].utf8.allSatisfy({ (45...122).contains($0) && $0 != 47 && $0 != 64 })
        else {
            throw MintmarkError(
                .badStationFile, "the proxy setting is not of the form http://HOST:PORT",
                next: "Correct cloud.proxy; user names and passwords are not supported there.")
        }
        return .server(host: String(parts[0]), port: Int(port))
    }
}
