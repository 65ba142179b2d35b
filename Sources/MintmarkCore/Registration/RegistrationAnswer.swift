// SPDX-License-Identifier: Apache-2.0

/// What came of one registration request.
package enum RegistrationAnswer: Sendable, Equatable {
    /// The cloud took it and showed this.
    case accepted(CloudDevice)
    /// The cloud decided against it; sending the same again would change nothing.
    case refused(CloudRefusal)
    /// Nothing was registered and the same request may succeed later.
    case later(String)
    /// The request went out and no trustworthy answer came: it may or may not be registered.
    case unknown(String)
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

    /// The cloud says that this device is there already; equal or not must be looked up.
    package var saysAlreadyThere: Bool {
        code == "AFS-606" || code == "AFS-600" && message.contains("already provisioned")
    }
}
