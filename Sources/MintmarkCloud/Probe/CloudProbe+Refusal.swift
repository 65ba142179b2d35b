// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore
internal import NIOCore
internal import NIOSSL
internal import Synchronization

extension CloudProbe {
    /// Why a handshake failed, by what the host shows.
    func refusal(_ error: any Error, of address: CloudAddress, by deadline: Deadline) async -> MintmarkError {
        if error is ProbeConnection.TooLate {
            return MintmarkError(
                .cloudTLS, "TLS: \(address) takes the connection and does not answer in time",
                next: "Check that host and port are right, and what stands between.")
        }
        if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
            return MintmarkError(
                .cloudTLS, "TLS: the certificate that \(address) shows is for another host", next: Self.checkHost)
        }
        guard let shown = await shownCertificate(of: address, by: deadline) else {
            return MintmarkError(
                .cloudTLS, "TLS: no handshake with \(address): \(PrintableText.of("\(error)", limit: 160))",
                next: "Check that it speaks TLS 1.2 or newer at that port.")
        }
        let now = Int64(time(nil))
        let (start, end) = (Int64(shown.notValidBefore), Int64(shown.notValidAfter))
        guard (start...max(start, end)).contains(now) else {
            let (from, to) = (UTCTime.isoText(seconds: start), UTCTime.isoText(seconds: end))
            return MintmarkError(
                .cloudTLS, "TLS: the certificate of \(address) is good from \(from) to \(to), not now",
                next:
                    "Check this machine's clock, \(UTCTime.isoText(seconds: now)); if it is right, tell who runs the host."
            )
        }
        return MintmarkError(
            .cloudTLS, "TLS: no authority that this station trusts has issued the certificate of \(address)",
            next: Self.checkHost)
    }

    private static let checkHost =
        "Check the station file's endpoints and ca-file; something may stand between this machine and the host."

    /// The certificate a host shows, from a second handshake that is refused whatever it shows: nothing is sent on it.
    private func shownCertificate(of address: CloudAddress, by deadline: Deadline) async -> NIOSSLCertificate? {
        let shown = ShownCertificate()
        do {
            let connection = try await ProbeConnection.open(to: address, through: proxy, by: deadline)
            defer { connection.channel.close(promise: nil) }
            let context = try NIOSSLContext(configuration: trust)
            _ = try await shakeHands(connection.channel, by: deadline) {
                try NIOSSLClientHandler(
                    context: context, serverHostname: address.serverName,
                    customVerificationCallback: { chain, verdict in
                        shown.first.withLock { $0 = chain.first }
                        verdict.succeed(.failed)
                    })
            }
        } catch {
            // It always fails: that is how it is refused.
        }
        return shown.first.withLock { $0 }
    }
}

/// Where the refused handshake leaves what it saw.
private final class ShownCertificate: Sendable {
    let first = Mutex<NIOSSLCertificate?>(nil)
}
