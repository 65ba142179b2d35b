// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension RegistrationAnswer {
    /// What an answer to a manufacture or provision request of this DSN says.
    init(_ answer: CloudAnswer, dsn: DSN) {
        switch answer.verdict {
        case .success:
            guard let device = LooseJSON(bytes: answer.body).flatMap({ CloudDevice($0) }) else {
                self = .unknown("the cloud answered \(answer.status) without a device that can be read")
                return
            }
            self =
                device.dsn == dsn
                ? .accepted(device) : .unknown("the cloud answered \(answer.status) with another device, \(device.dsn)")
        case .busy(let why): self = .later(why)
        case .refused(let refusal): self = .refused(refusal)
        case .doubtful(let why): self = .unknown(why)
        }
    }

    init(_ fault: CallFailure) {
        self = fault.isSent ? .unknown(fault.error.summary) : .later(fault.error.summary)
    }
}
