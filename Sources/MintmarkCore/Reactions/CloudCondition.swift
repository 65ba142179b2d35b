// SPDX-License-Identifier: Apache-2.0

/// Everything that a call to the cloud can come to: the rows of docs/reference/cloud-reactions.md.
///
/// Source of the codes: Ayla Factory Service API specification 2.2 (2017-03), section 5.
package enum CloudCondition: String, Sendable, CaseIterable {
    // A whole answer.
    case shown
    case unreadable
    case otherSuccess = "other-success"
    case redirect
    case badRequest = "bad-request"
    case unauthorized
    case forbidden
    case notFound = "not-found"
    case proxyLogin = "proxy-login"
    case notTaken = "not-taken"
    case alreadyThere = "already-there"
    case failures
    case badModel = "bad-model"
    case badCount = "bad-count"
    case poolShort = "pool-short"
    case missingFields = "missing-fields"
    case badDate = "bad-date"
    case otherRefusal = "other-refusal"
    case throttled
    case unavailable
    case serverFault = "server-fault"
    // No whole answer.
    case lost
    case unreachable
    case untrusted
    case signInRefused = "sign-in-refused"
    case signInFailed = "sign-in-failed"
    case stopped
    case mixedUp = "mixed-up"

    /// What comes from the cloud, or does not.
    package var meaning: String {
        switch self {
        case .shown: "200 or 201 that shows what was asked for"
        case .unreadable: "200 or 201 with a body that cannot be read, or about another device"
        case .otherSuccess: "any other 2xx"
        case .redirect: "3xx; never followed"
        case .badRequest: "400"
        case .unauthorized: "401, also with tokens that were renewed once"
        case .forbidden: "403"
        case .notFound: "404"
        case .proxyLogin: "407"
        case .notTaken: "408 or 425"
        case .alreadyThere: "422 AFS-606, or AFS-600 with \"already provisioned\""
        case .failures: "422 AFS-600 with any other words"
        case .badModel: "422 AFS-601"
        case .badCount: "422 AFS-602, AFS-603 or AFS-604"
        case .poolShort: "422 AFS-605"
        case .missingFields: "422 AFS-607"
        case .badDate: "422 AFS-608"
        case .otherRefusal: "any other 4xx, and 422 with no code or another one"
        case .throttled: "429"
        case .unavailable: "503"
        case .serverFault: "any other 5xx, or a status that HTTP does not have"
        case .lost: "sent, then time-out, reset, or an answer cut off or longer than 1 MiB"
        case .unreachable: "not sent: no name, no connection, no way through the proxy"
        case .untrusted: "not sent: certificate or TLS version not acceptable"
        case .signInRefused: "not sent: the sign-in was refused"
        case .signInFailed: "not sent: the sign-in got no usable answer"
        case .stopped: "not sent: the station was stopped"
        case .mixedUp: "a sandbox answered a field station"
        }
    }
}
