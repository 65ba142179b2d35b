// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
package import MintmarkCore
internal import NIOCore
internal import NIOHTTP1

/// Brings heads to one witness over verified TLS, or over plain HTTP on this machine only.
package final class WitnessClient: Sendable {
    /// Longest answer, in bytes: many cosignature lines.
    private static let answerSize = 16_384

    private let url: String
    private let client: HTTPClient
    private let softwareVersion: String

    /// - Throws: `.badStationFile` for a URL or CA file that cannot be used.
    package init(url: String, caFile: String?, softwareVersion: String) throws(MintmarkError) {
        guard url.hasPrefix("https://") || Self.isLoopback(url) else {
            throw MintmarkError(
                .badStationFile, "\(url) is not reached over TLS",
                next: "Give the witness an https:// URL; http:// is for 127.0.0.1 and [::1] only.")
        }
        self.url = url
        self.softwareVersion = softwareVersion
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try TLSTrust.configuration(caFile), redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = .seconds(15)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// The HTTP client stops the process when it goes away open; an error on the way must not do that.
    deinit { _ = client.shutdown() as EventLoopFuture<Void> }

    /// Sends the body of an add-checkpoint request and returns the whole answer, whatever its status.
    ///
    /// - Throws: `.witnessFailed` when there is none; `CancellationError`.
    package func addCheckpoint(_ body: String, by deadline: Deadline) async throws -> WitnessReply {
        let remaining = deadline - .now
        guard remaining > .zero else { throw failure("did not answer in time") }
        try Task.checkCancellation()
        do {
            let headers: HTTPHeaders = [
                "Content-Type": "text/plain; charset=utf-8", "User-Agent": "mintmark/\(softwareVersion)",
            ]
            let request = try HTTPClient.Request(
                url: "\(url)/add-checkpoint", method: .POST, headers: headers, body: .string(body))
            // Its deadline is for the whole answer; that of the other calls ends with the answer's head.
            let task = client.execute(
                request: request, delegate: ResponseAccumulator(request: request, maxBodySize: Self.answerSize),
                deadline: .now() + TimeAmount(remaining))
            let answer = try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
            return WitnessReply(
                status: Int(answer.status.code), body: answer.body.map { String(buffer: $0) } ?? "")
        } catch let error as HTTPClientError where error == .cancelled {
            throw CancellationError()
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout {
            throw failure("did not answer in time")
        } catch is ResponseAccumulator.ResponseTooBigError {
            throw failure("gave an answer that is too long")
        } catch {
            throw failure("cannot be reached")
        }
    }

    /// Closes its connections. A call after it fails.
    package func shutdown() async { try? await client.shutdown() }

    private func failure(_ what: String) -> MintmarkError {
        MintmarkError(
            .witnessFailed, "\(url) \(what)", next: "Nothing: it is tried again. If it stays so, look at the witness.")
    }

    private static func isLoopback(_ url: String) -> Bool {
        url.wholeMatch(of: /http:\/\/(?:127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]{1,5})?(?:\/.*)?/) != nil
    }
}
