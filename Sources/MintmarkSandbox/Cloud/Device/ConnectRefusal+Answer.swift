// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudAnswer {
    init(_ refusal: ConnectRefusal) {
        self.init(refusal.status, ["error": .string(refusal.rawValue), "next": .string(refusal.next)])
    }
}
