// SPDX-License-Identifier: Apache-2.0

extension CloudSwitches {
    package enum Answer: String, Sendable, CaseIterable { case no, yes }

    package enum SignInStatus: String, Sendable, CaseIterable { case ok = "200", created = "201" }

    /// `{"error":{"message":…}}`, `{"error":"…"}`, `{"errors":[{"message":…}]}`.
    package enum SignInErrors: String, Sendable, CaseIterable { case message, text, list }

    package enum LockedAccount: String, Sendable, CaseIterable { case unauthorized = "401", forbidden = "403" }

    package enum RefreshLife: String, Sendable, CaseIterable { case unlimited, sixMonths = "six-months" }

    /// `{"error":"…"}`, nothing, or an HTML page.
    package enum PlainErrors: String, Sendable, CaseIterable { case text, empty, html }

    /// Mixed: `error`, but `errors` for AFS-607 of manufacture.
    package enum ErrorList: String, Sendable, CaseIterable { case mixed, error, errors }

    package enum UnmatchedDSN: String, Sendable, CaseIterable {
        case notFound = "404"
        case forbidden = "403"
        case failure = "422"
    }

    package enum OtherModel: String, Sendable, CaseIterable { case failure = "422", notFound = "404" }

    /// AFS-602, 603 and 604 by case, or always 602.
    package enum CountErrors: String, Sendable, CaseIterable { case table, always602 = "602" }

    package enum ProvisionTwice: String, Sendable, CaseIterable { case refuse, overwrite }

    package enum Push: String, Sendable, CaseIterable { case auto, atOnce = "at-once", never }

    package enum Presence: String, Sendable, CaseIterable { case exists, absent = "404" }

    package enum Admission: String, Sendable, CaseIterable { case accepted, refused }

    package enum Activation: String, Sendable, CaseIterable { case connection, provision }

    package enum NoTemplate: String, Sendable, CaseIterable { case null, keep }

    package enum ForeignTwin: String, Sendable, CaseIterable { case notFound = "404", forbidden = "403" }

    package enum SilentStream: String, Sendable, CaseIterable { case close, keep = "never" }

    package enum AcknowledgementKey: String, Sendable, CaseIterable { case datapoint, datapointack }

    package enum ReportedRole: String, Sendable, CaseIterable { case first, highest }

    /// PKCS#1 or SubjectPublicKeyInfo, both under the label `RSA PUBLIC KEY`.
    package enum PublicKey: String, Sendable, CaseIterable { case pkcs1, spki }

    package enum MACForm: String, Sendable, CaseIterable { case asSent = "as-sent", colons }

    package enum HostVersion: String, Sendable, CaseIterable { case present, absent }
}
