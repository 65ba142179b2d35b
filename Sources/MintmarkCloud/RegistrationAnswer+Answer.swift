// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension RegistrationAnswer {
    /// What an answer to a manufacture or provision request of this DSN says.
    init(_ answer: CloudAnswer, dsn: DSN) {
        let device = LooseJSON(bytes: answer.body).flatMap { CloudDevice($0) }
        let reaction = answer.condition(shows: device?.dsn == dsn).reactions.registration
        if reaction == .compare, let device {
            self = .accepted(device)
        } else {
            self.init(
                reaction, answer.refusal, reason: Self.doubt(answer, device) ?? answer.reason,
                retryAfter: answer.retryAfter?.pause)
        }
    }

    init(_ fault: CallFailure) {
        let words = fault.error.summary
        self.init(
            fault.condition.reactions.registration, CloudRefusal(status: 0, code: nil, message: words), reason: words,
            retryAfter: fault.error.retryAfter)
    }

    private init(_ reaction: RegistrationReaction, _ refusal: CloudRefusal, reason: String, retryAfter: Duration?) {
        switch reaction {
        case .compare, .look: self = .unknown(reason)
        case .lookAndCompare: self = .alreadyThere(refusal)
        case .refuse: self = .refused(refusal)
        case .resend: self = .later(reason, retryAfter: retryAfter)
        case .hold: self = .held(reason)
        }
    }

    /// Why a success is none.
    private static func doubt(_ answer: CloudAnswer, _ device: CloudDevice?) -> String? {
        switch (answer.status, device) {
        case (200, nil), (201, nil): "the cloud answered \(answer.status) without a device that can be read"
        case (200, let device?), (201, let device?):
            "the cloud answered \(answer.status) with another device, \(device.dsn)"
        case (202..<300, _): "the cloud answered \(answer.status), which says nothing"
        default: nil
        }
    }
}
