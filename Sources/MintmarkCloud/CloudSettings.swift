// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Where the cloud is and how to reach it.
package struct CloudSettings: Sendable {
    package var environment: CloudEnvironment
    package var endpoints: CloudEndpoints
    /// PEM file of the authorities to trust instead of the system's roots.
    package var caFile: String?
    /// `http://host:port` of a proxy that tunnels with CONNECT.
    package var proxy: String?
    /// Goes into the `User-Agent` header.
    package var softwareVersion: String
    package var limits: Limits
    /// The class of module that calls are about.
    package var module = ModuleClass.blackBox
    /// The user's role, where the sign-in may name another of several.
    package var role: CloudRole?

    package init(
        environment: CloudEnvironment, endpoints: CloudEndpoints, caFile: String? = nil, proxy: String? = nil,
        softwareVersion: String, limits: Limits = Limits()
    ) {
        self.environment = environment
        self.endpoints = endpoints
        self.caFile = caFile
        self.proxy = proxy
        self.softwareVersion = softwareVersion
        self.limits = limits
    }

    /// Who calls with these tokens: the role that the station file names, else the one of the sign-in.
    func caller(with tokens: CloudTokens) -> CallerRole {
        CallerRole(role?.rawValue ?? tokens.role, working: module)
    }

    package struct Limits: Sendable {
        /// For a whole call: sign-in, queueing, answer and retry. The vendor's own samples took up to 5 s.
        package var call = Duration.seconds(60)
        /// For a reserve, which makes a key pair per DSN.
        package var reserve = Duration.seconds(300)
        package var connect = Duration.seconds(10)
        /// Shorter than any usual server's, so that a call seldom meets a connection that was just closed.
        package var idle = Duration.seconds(15)
        /// A refused sign-in is not repeated by itself for so long: five in a row lock the account for 30 minutes.
        package var signInPause = Duration.seconds(1800)
        /// Between two looks at a twin, where nothing tells of a change.
        package var look = Duration.seconds(5)
        /// For an event of a twin; after it the twin is looked at, whatever was heard.
        package var listen = Duration.seconds(30)
        /// Longest answer, in bytes. A reserve of 1000 gives about half of it.
        package var answerSize = 1 << 20

        package init() {}
    }
}
