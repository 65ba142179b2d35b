// SPDX-License-Identifier: Apache-2.0
import MintmarkLedger
import MintmarkWeb

extension WebAnswer {
    init(_ answer: WitnessAnswer) {
        self.init(status: answer.status, contentType: answer.contentType, body: answer.body)
    }
}
