// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import NIOHTTP1

/// Tells when a host answers a request for a stream with anything but a stream. It is taken out once there is one.
final class UpgradeWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart

    struct Refused: Error {
        let status: Int
    }

    static let name = "upgrade-watch"

    private let opened: EventLoopPromise<Void>

    init(_ opened: EventLoopPromise<Void>) { self.opened = opened }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        opened.fail(Refused(status: Int(head.status.code)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        opened.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { opened.fail(ChannelError.eof) }
}
