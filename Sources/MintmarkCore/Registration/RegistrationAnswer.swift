// SPDX-License-Identifier: Apache-2.0

/// What came of one registration request. Which answer leads where stands in `CloudCondition.reactions`.
package enum RegistrationAnswer: Sendable, Equatable {
    /// The cloud took it and showed this.
    case accepted(CloudDevice)
    /// The cloud says that this device is there already; equal or not must be looked up.
    case alreadyThere(CloudRefusal)
    /// The cloud decided against it; sending the same again would change nothing.
    case refused(CloudRefusal)
    /// Nothing was registered and the same request may succeed later, but not before `retryAfter`.
    case later(String, retryAfter: Duration? = nil)
    /// The request went out and no trustworthy answer came: it may or may not be registered.
    case unknown(String)
    /// Nothing may be sent to this cloud any more.
    case held(String)
}

/// A decided no: HTTP status, the cloud's own code and words.
package struct CloudRefusal: Sendable, Equatable {
    package let status: Int
    /// `AFS-606` and its like.
    package let code: String?
    package let message: String

    package init(status: Int, code: String?, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}
