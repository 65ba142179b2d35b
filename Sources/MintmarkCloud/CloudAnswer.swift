// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A whole answer of a service.
struct CloudAnswer: Sendable {
    let status: Int
    var retryAfter: RetryAfter?
    /// Where a redirect points to; it is never followed.
    var location: String?
    var saysSandbox = false
    /// What the role of the caller has to do with a 403.
    var explanation: String?
    var body: [UInt8] = []

    /// Its row in the table of reactions. `shows`: whether the body shows what was asked for.
    func condition(shows: Bool) -> CloudCondition {
        switch status {
        case 200, 201: shows ? .shown : .unreadable
        case 202..<300: .otherSuccess
        case 300..<400: .redirect
        case 400: .badRequest
        case 401: .unauthorized
        case 403: .forbidden
        case 404: .notFound
        case 407: .proxyLogin
        case 408, 425: .notTaken
        case 422: Self.condition(of: CloudComplaint(body))
        case 429: .throttled
        case 503: .unavailable
        case 400..<500: .otherRefusal
        default: .serverFault
        }
    }

    /// The cloud's own words.
    var refusal: CloudRefusal {
        guard !(300..<400).contains(status) else {
            return CloudRefusal(status: status, code: nil, message: "redirects\(target), not followed")
        }
        let complaint = CloudComplaint(body)
        let message = [complaint.message, explanation].compactMap(\.self).joined(separator: "; ")
        return CloudRefusal(status: status, code: complaint.code, message: message)
    }

    /// `the cloud answered 503, Retry-After: 30, slow down`
    var reason: String {
        let complaint = CloudComplaint(body)
        return "the cloud answered \(status)" + (retryAfter.map { ", Retry-After: \($0.text)" } ?? "")
            + (complaint.isSilent ? "" : ", \(complaint.message)")
    }

    /// Nothing was done, and it may be asked again later.
    func busy(_ host: String) -> MintmarkError {
        var error = MintmarkError(.cloudBusy, "\(host): \(reason)", next: "Wait, then try again.")
        error.retryAfter = retryAfter?.pause
        return error
    }

    private static func condition(of complaint: CloudComplaint) -> CloudCondition {
        switch complaint.code {
        case "AFS-600": complaint.message.contains("already provisioned") ? .alreadyThere : .failures
        case "AFS-601": .badModel
        case "AFS-602", "AFS-603", "AFS-604": .badCount
        case "AFS-605": .poolShort
        case "AFS-606": .alreadyThere
        case "AFS-607": .missingFields
        case "AFS-608": .badDate
        default: .otherRefusal
        }
    }

    /// Without the query, which may hold what is not ours to print.
    private var target: String {
        guard let location else { return "" }
        return " to " + PrintableText.of(String(location.prefix { $0 != "?" }), limit: 100)
    }
}
