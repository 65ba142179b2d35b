// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
internal import MintmarkCore
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Takes in one answer, bounded, and knows whether the request's body began to leave.
final class Exchange: HTTPClientResponseDelegate {
    typealias Response = CloudAnswer

    struct TooLong: Error, CustomStringConvertible {
        let limit: Int
        var description: String { "the answer is longer than \(limit) bytes" }
    }

    private struct State {
        var isSent = false
        var answer: CloudAnswer?
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// The HTTP client asks for the body once it has a trusted connection and has written the head on it. Until then
    /// no service can have acted, so this, and not the client's errors, tells whether anything was sent.
    var isSent: Bool { state.withLock { $0.isSent } }

    /// The body for the client; asking for it is noted first.
    func body(_ bytes: SharedSecret) -> HTTPClient.Body {
        .stream(contentLength: Int64(bytes.count)) { [self] writer in
            state.withLock { $0.isSent = true }
            return writer.write(.byteBuffer(bytes.withBytes { ByteBuffer(bytes: $0) }))
        }
    }

    func didReceiveHead(task: HTTPClient.Task<CloudAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        state.withLock {
            $0.answer = CloudAnswer(
                status: Int(head.status.code),
                retryAfter: head.headers.first(name: "Retry-After").map {
                    RetryAfter($0, date: head.headers.first(name: "Date"))
                },
                location: head.headers.first(name: "Location"),
                saysSandbox: head.headers.first(name: "X-Mintmark-Sandbox") == "1")
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<CloudAnswer>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLock {
            guard ($0.answer?.body.count ?? 0) + part.readableBytes <= limit else { return false }
            $0.answer?.body.append(contentsOf: part.readableBytesView)
            return true
        }
        return fits
            ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(TooLong(limit: limit))
    }

    func didFinishRequest(task: HTTPClient.Task<CloudAnswer>) throws -> CloudAnswer {
        guard let answer = state.withLock({ $0.answer }) else { throw HTTPClientError.remoteConnectionClosed }
        return answer
    }
}
