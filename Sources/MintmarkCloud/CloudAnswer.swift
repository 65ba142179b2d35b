// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A whole answer of a service.
struct CloudAnswer: Sendable {
    let status: Int
    var retryAfter: String?
    /// Where a redirect points to; it is never followed.
    var location: String?
    var saysSandbox = false
    /// What the role of the caller has to do with a 403.
    var explanation: String?
    var body: [UInt8] = []

    /// What an answer means for the request, before its body is looked at.
    enum Verdict: Sendable, Equatable {
        case success
        /// Nothing was done; the same may succeed later.
        case busy(String)
        /// A decided no.
        case refused(CloudRefusal)
        /// It cannot be said what was done.
        case doubtful(String)
    }

    var verdict: Verdict {
        switch status {
        case 200, 201: .success
        case 202..<300: .doubtful("the cloud answered \(status), which says nothing")
        // 408 and 425 say that the request was not taken in, 407 comes from a proxy.
        case 407, 408, 425, 429, 503: .busy("the cloud answered \(status)\(retry)")
        case 300..<400: .refused(CloudRefusal(status: status, code: nil, message: "redirects\(target), not followed"))
        case 400..<500: .refused(refusal)
        default: .doubtful("the cloud answered \(status): \(refusal.message)")
        }
    }

    /// The cloud's own words.
    var refusal: CloudRefusal {
        let complaint = CloudComplaint(body)
        let message = [complaint.message, explanation].compactMap(\.self).joined(separator: "; ")
        return CloudRefusal(status: status, code: complaint.code, message: message)
    }

    private var retry: String {
        let words = retryAfter.map { ", Retry-After: \(PrintableText.of($0, limit: 40))" } ?? ""
        let complaint = CloudComplaint(body)
        return complaint.isSilent ? words : "\(words), \(complaint.message)"
    }

    /// Without the query, which may hold what is not ours to print.
    private var target: String {
        guard let location else { return "" }
        return " to " + PrintableText.of(String(location.prefix { $0 != "?" }), limit: 100)
    }
}
