// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import NIOSSL

extension Channel {
    /// Closes the socket under the TLS layer: nothing more is sent, not even TLS's word of closing, as when a line
    /// breaks. On the channel's event loop.
    func cutUnderTLS() throws {
        try pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self).close(mode: .all, promise: nil)
    }
}
