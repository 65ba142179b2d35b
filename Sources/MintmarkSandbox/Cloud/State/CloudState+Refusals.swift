// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudState {
    /// The answer to a call that is not carried out, in the shape that the switches choose.
    func refusal(_ failure: CallFailure, route: CloudRoute) -> CloudAnswer {
        switch failure {
        case .badRequest: plain(400, "Bad request", route)
        case .badToken: plain(401, "Your access token is invalid", route)
        case .forbidden: plain(403, "Forbidden", route)
        case .notFound: plain(404, "Not found", route)
        case .unmatchedDSN:
            switch switches.unmatchedDSN {
            case .notFound: plain(404, "Not found", route)
            case .forbidden: plain(403, "Forbidden", route)
            case .failure: refusal(.factory(.failures(["device was not found"])), route: route)
            }
        case .factory(let error): factoryAnswer(error, route: route)
        case .invalid(let text): plain(422, text, route)
        case .noCandidate: plain(417, "The device is no candidate for registration", route)
        }
    }

    /// The 422 of one error.
    func factoryAnswer(_ error: FactoryError, route: CloudRoute) -> CloudAnswer {
        let isOddOne = route == .manufacture && error.code == "AFS-607"
        let name =
            switch switches.errorList {
            case .mixed: isOddOne ? "errors" : "error"
            case .error: "error"
            case .errors: "errors"
            }
        let item: JSONObject = ["code": .string(error.code), "message": .string(error.message)]
        return CloudAnswer(422, [name: .array([.object(item)])])
    }

    private func plain(_ status: Int, _ text: String, _ route: CloudRoute) -> CloudAnswer {
        guard route.isFactory, status != 400 else { return CloudAnswer(status, ["error": .string(text)]) }
        return switch switches.plainErrors {
        case .text: CloudAnswer(status, ["error": .string(text)])
        case .empty: CloudAnswer(empty: status)
        case .html: CloudAnswer(status, html: "\(status) \(text)")
        }
    }
}
