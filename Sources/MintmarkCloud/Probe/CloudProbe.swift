// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
package import MintmarkCore
internal import NIOCore
internal import NIOSSL

/// Tries whether a host can be reached: its name, the connection, TLS and the certificate. Sends handshakes only.
package struct CloudProbe: Sendable {
    package struct Reached: Sendable, Equatable {
        /// IP address that the connection went to: the host's, or the proxy's; the first one of the name alone.
        package let peer: String
        /// Last second of the host's certificate, since 1970; nil without TLS.
        package let certificateEnd: Int64?
    }

    let trust: TLSConfiguration
    let proxy: CloudAddress?

    /// - Throws: `.badStationFile` for a proxy or CA file that cannot be used.
    package init(caFile: String?, proxy: String?) throws(MintmarkError) {
        trust = try TLSTrust.configuration(caFile)
        self.proxy = try CloudTransport.proxy(proxy).map { CloudAddress(host: $0.host, port: $0.port) }
    }

    /// Looks the name up, connects and shakes hands, as far as asked, and closes again.
    ///
    /// - Throws: `.cloudUnreachable` where the name, the connection or the proxy fails, `.cloudTLS` where no trusted
    ///   TLS comes about; the text begins with the stage.
    package func reach(
        _ address: CloudAddress, to depth: ProbeDepth = .tls, by deadline: Deadline
    ) async throws(MintmarkError) -> Reached {
        if depth == .name {
            let peer = try await ProbeConnection.lookUp(proxy ?? address, by: deadline)
            return Reached(peer: peer, certificateEnd: nil)
        }
        let connection = try await ProbeConnection.open(to: address, through: proxy, by: deadline)
        defer { connection.channel.close(promise: nil) }
        guard depth == .tls else { return Reached(peer: connection.peer, certificateEnd: nil) }
        do {
            let context = try NIOSSLContext(configuration: trust)
            let end = try await shakeHands(connection.channel, by: deadline) {
                try NIOSSLClientHandler(context: context, serverHostname: address.serverName)
            }
            return Reached(peer: connection.peer, certificateEnd: end)
        } catch {
            throw await refusal(error, of: address, by: deadline)
        }
    }

    /// Ends with the end of the certificate, once the handshake is complete; `makeHandler` runs on the event loop.
    func shakeHands(
        _ channel: any Channel, by deadline: Deadline,
        _ makeHandler: @escaping @Sendable () throws -> NIOSSLClientHandler
    ) async throws -> Int64? {
        let done = channel.eventLoop.makePromise(of: Int64?.self)
        let timer = ProbeConnection.fail(done, at: deadline)
        channel.eventLoop.submit {
            let handler = try makeHandler()
            let pipeline = channel.pipeline.syncOperations
            // The watch comes first into the pipeline, so that nothing the handshake tells passes it by.
            try pipeline.addHandler(HandshakeWatch(handler, done))
            try pipeline.addHandler(handler, position: .first)
        }.whenFailure { done.fail($0) }
        defer { timer.cancel() }
        return try await done.futureResult.get()
    }
}

extension CloudAddress {
    /// Only names go into a handshake; an IP address is compared with the connection's own.
    var serverName: String? { isIPAddress ? nil : host }
}
