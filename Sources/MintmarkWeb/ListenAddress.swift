// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Where a server listens: a numeric address and a port.
package struct ListenAddress: Sendable, Equatable {
    package let host: String
    /// 0: any free port.
    package let port: Int

    /// `127.0.0.1:8080` or `[::1]:8080`
    ///
    /// - Throws: `.badInput` for anything else; names are not looked up, because a name may mean other machines.
    package init(parsing text: String) throws(MintmarkError) {
        guard let match = text.wholeMatch(of: /(?:\[([0-9a-fA-F:]+)\]|([0-9]{1,3}(?:\.[0-9]{1,3}){3})):([0-9]{1,5})/),
            let host = match.1 ?? match.2, let port = UInt16(match.3),
            match.2 == nil || host.split(separator: ".").allSatisfy({ UInt8($0) != nil })
        else {
            throw MintmarkError(
                .badInput, "\(text.prefix(60).quoted) is no address to listen on",
                next: "Write ADDRESS:PORT, as 127.0.0.1:8420 or [::1]:8420.")
        }
        self.host = String(host)
        self.port = Int(port)
    }

    /// Whether only this machine reaches it.
    package var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

    /// `http://127.0.0.1:8080`
    func url(_ scheme: String, port: Int) -> String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
