// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
internal import Glibc
internal import MintmarkCore
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A call without a whole answer.
struct CallFailure: Error {
    /// Whether any byte of the request's body may have left. When in doubt, it has.
    let isSent: Bool
    let error: MintmarkError

    /// Its row in the table of reactions.
    var condition: CloudCondition {
        guard !isSent else { return .lost }
        return switch error.code {
        case .sandboxMixUp: .mixedUp
        case .cloudTLS: .untrusted
        case .cloudSignIn: .signInRefused
        case .cloudBusy, .cloudAnswerBad: .signInFailed
        case .interrupted: .stopped
        default: .unreachable
        }
    }

    /// Nothing was sent, for this reason.
    init(unsent error: MintmarkError) {
        isSent = false
        self.error = error
    }

    /// What the HTTP client reported.
    init(_ error: any Error, isSent: Bool, host: String) {
        self.isSent = isSent
        let reason = Self.describe(error)
        guard !isSent else {
            self.error = MintmarkError(
                .cloudAnswerLost, "the request went to \(host) and no whole answer came: \(reason)",
                next: "Look at what the cloud shows before anything is sent again.")
            return
        }
        switch error {
        case let error as HTTPClientError where error == .cancelled:
            self.error = MintmarkError(
                .interrupted, "the call to \(host) was stopped before it was sent", next: "Start it again.")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.error = MintmarkError(
                .cloudTLS, "no trusted TLS connection to \(host): \(reason)",
                next: "Check this machine's clock, the station file's ca-file and that the host is the right one.")
        default:
            self.error = MintmarkError(
                .cloudUnreachable, "no connection to \(host): \(reason)",
                next: "Check the network, the proxy and the station file's endpoints.")
        }
    }

    private static func describe(_ error: any Error) -> String {
        // The last address that was tried; the others failed too.
        let cause = (error as? NIOConnectionError)?.connectionErrors.last?.error ?? error
        if let error = cause as? IOError { return String(cString: strerror(error.errnoCode)) }
        guard let error = error as? HTTPClientError else { return PrintableText.of("\(error)", limit: 200) }
        return switch error {
        case .deadlineExceeded: "it took too long"
        case .cancelled: "it was stopped"
        case .remoteConnectionClosed: "the connection was closed"
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: "no connection in time"
        case .proxyAuthenticationRequired: "the proxy asks for a user and a password"
        case .invalidProxyResponse, .httpProxyHandshakeTimeout: "the proxy does not connect"
        default: error.shortDescription
        }
    }
}
