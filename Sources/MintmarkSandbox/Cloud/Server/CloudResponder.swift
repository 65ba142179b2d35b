// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import MintmarkCore
internal import NIOCore

/// Takes one HTTP request to the state and its answer back, with the faults on the way.
struct CloudResponder: HTTPResponder {
    static let bodyLimit = 1 << 20

    let core: CloudCore

    func respond(to request: Request, context: CloudContext) async throws -> Response {
        let start = ContinuousClock.now
        let path = request.uri.path
        let method = request.method.rawValue
        if Self.isField(request.head.authority ?? "") {
            return reply(CloudAnswer(421, ["error": "This is a sandbox, not a field deployment"]), since: start)
        }
        let body: [UInt8]
        do {
            body = Array(try await request.body.collect(upTo: Self.bodyLimit).readableBytesView)
        } catch is NIOTooManyBytesError {
            return reply(CloudAnswer(413, ["error": "Request too large"]), since: start)
        }
        let query = CloudQuery.parameters(request.uri.query)
        if path.hasPrefix("/sandbox/") {
            return reply(CloudControl(core: core).answer(method, path, query, body), since: start)
        }
        let call = CloudCall(
            method: method, path: path, authorization: request.headers[.authorization], query: query, body: body)
        let fate = core.meet(call.route)
        try await wait(fate.latency, context)
        try await wait(fate.before, context)
        guard let answer = core.carryOut(call, method: method, path: path, fate: fate) else {
            if case .halfOpen? = fate.fault?.kind { try await context.untilClosed() } else { try await context.cut() }
            throw ConnectionCut()
        }
        try await wait(fate.after, context)
        return spoil(answer, fate: fate, since: start, context)
    }

    /// The answer as the fault lets it leave.
    private func spoil(
        _ answer: CloudAnswer, fate: CloudCore.Fate, since start: ContinuousClock.Instant, _ context: CloudContext
    ) -> Response {
        var answer = answer
        switch fate.fault?.kind {
        case .html:
            let page = CloudAnswer(answer.status, html: "Gateway")
            (answer.body, answer.type) = (page.body, page.type)
        case .wrongContentType: answer.type = .text
        case .truncated:
            var response = reply(answer, since: start, requestID: fate.requestID)
            let half = ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))
            response.body = ResponseBody(contentLength: answer.body.count) { writer in
                try await writer.write(half)
                try await context.cut()
                throw ConnectionCut()
            }
            return response
        case .oversized(let size):
            var response = reply(answer, since: start, requestID: fate.requestID)
            response.body = Self.padded(answer.body, to: size)
            return response
        case .expire, .code, .status, .redirect, .slow, .late, .slowWithin, .lateWithin, .slowTail, .lateTail,
            .dropBeforeCommit, .dropAfterCommit, .halfOpen, .duplicate, nil:
            break
        }
        return reply(answer, since: start, requestID: fate.requestID)
    }

    private func reply(
        _ answer: CloudAnswer, since start: ContinuousClock.Instant, requestID: String? = nil
    ) -> Response {
        let requestID = requestID ?? core.with { $0.random.hex() }
        var response = Response(
            status: .init(code: answer.status), headers: [:],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        response.headers[.contentType] = answer.body.isEmpty ? nil : answer.type.rawValue
        response.headers[.setCookie] = "_sandbox_session=\(requestID); path=/; HttpOnly"
        response.headers[.location] = answer.location
        response.headers[.retryAfter] = answer.retryAfter.map(String.init)
        let own = [
            ("X-Mintmark-Sandbox", "1"), ("X-Request-Id", requestID),
            ("X-Runtime", Self.seconds(start.duration(to: .now))),
        ]
        for (name, value) in own {
            if let name = HTTPFields.Element.Name(name) { response.headers[name] = value }
        }
        return response
    }

    /// A cloud that stops does not let a client wait: the connection is cut.
    private func wait(_ milliseconds: Int, _ context: CloudContext) async throws {
        guard milliseconds > 0 else { return }
        do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch {
            try await context.cut()
            throw error
        }
    }

    /// The body with blanks behind it, in pieces.
    private static func padded(_ body: [UInt8], to size: Int) -> ResponseBody {
        ResponseBody(contentLength: max(size, body.count)) { writer in
            try await writer.write(ByteBuffer(bytes: body))
            var left = size - body.count
            while left > 0 {
                let piece = min(left, 1 << 16)
                try await writer.write(ByteBuffer(repeating: UInt8(ascii: " "), count: piece))
                left -= piece
            }
            try await writer.finish(nil)
        }
    }

    /// Every host of a field deployment has `-field` in its first label.
    private static func isField(_ authority: String) -> Bool {
        authority.lowercased().prefix { $0 != "." && $0 != ":" }.contains("-field")
    }

    private static func seconds(_ duration: Duration) -> String {
        let micro = duration.components.attoseconds / 1_000_000_000_000
        let digits = String(micro)
        return "\(duration.components.seconds).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}
