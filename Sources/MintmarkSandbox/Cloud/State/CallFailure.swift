// SPDX-License-Identifier: Apache-2.0

/// Why a call is not carried out. Checked in this order: 400, 401, 403, 404, 422.
enum CallFailure: Error, Equatable {
    case badRequest
    case badToken
    case forbidden
    case notFound
    /// The DSN is another company's, in a wrong state or not there; switch D7 decides how that is told.
    case unmatchedDSN
    case factory(FactoryError)
    /// 422 of the Device Service: a value that breaks a rule, or a parameter that is missing.
    case invalid(String)
    /// 417: the unit is no candidate for registration.
    case noCandidate
}
