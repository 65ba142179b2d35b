// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Where the documents of the cloud are silent or disagree, the sandbox can behave either way. Written `D11=overwrite`.
package struct CloudSwitches: Sendable, Equatable {
    package enum ErrorBody: String, Sendable, CaseIterable { case message, text, list, empty, html }
    package enum Wrapper: String, Sendable, CaseIterable { case mixed, error, errors }
    package enum Unmatched: String, Sendable, CaseIterable {
        case notFound = "404", forbidden = "403", unprocessable = "422"
    }
    package enum Twice: String, Sendable, CaseIterable { case refuse, overwrite }
    package enum PublicKey: String, Sendable, CaseIterable { case pkcs1, spki }

    /// D1: status of a sign-in that worked, 200 or 201.
    package var signInStatus = 200
    /// D2: body of a sign-in that was refused.
    package var signInError = ErrorBody.message
    /// D3: status while a user is locked after five failures, 401 or 403.
    package var lockedStatus = 401
    /// D5: body of 401, 403 and 404 from the Factory Proxy Service.
    package var factoryError = ErrorBody.text
    /// D6: name of the list in a 422 body; `mixed` says `errors` for the missing fields of manufacture only.
    package var wrapper = Wrapper.mixed
    /// D7: answer for a DSN that is not the caller's.
    package var unmatched = Unmatched.notFound
    /// D8: answer for another model than the reserved one.
    package var wrongModel = Unmatched.unprocessable
    /// D9: every wrong count answers AFS-602.
    package var oneCountError = false
    /// D10: a white-box DSN has to be manufactured first.
    package var needsManufacture = false
    /// D11: provisioning twice.
    package var provisionTwice = Twice.refuse
    /// D12: OEM::Admin without the module manufacturer attribute may provision.
    package var plainAdminProvisions = true
    /// D13: OEM::Admin with the attribute may provision.
    package var makerAdminProvisions = false
    /// D23: body under the PEM label.
    package var publicKey = PublicKey.pkcs1
    /// D24: MAC addresses in answers are written with colons.
    package var colonMAC = false
    /// D25: the answer to manufacture has `oem_host_version`.
    package var showsHostVersion = true

    package init() {}

    /// Sets one switch from `D11=overwrite`.
    ///
    /// - Throws: `.badInput` when there is no such switch or value.
    package mutating func set(_ text: String) throws(MintmarkError) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, apply(parts[0], parts[1]) else {
            throw MintmarkError(
                .badInput, "\"\(text.prefix(40))\" is no switch of the sandbox cloud",
                next: "Write one of \(Self.forms.joined(separator: ", ")).")
        }
    }

    package static let forms = [
        "D1=200|201", "D2=message|text|list|empty|html", "D3=401|403", "D5=message|text|list|empty|html",
        "D6=mixed|error|errors", "D7=404|403|422", "D8=404|403|422", "D9=table|602", "D10=no|yes",
        "D11=refuse|overwrite", "D12=yes|no", "D13=no|yes", "D23=pkcs1|spki", "D24=as-sent|colons",
        "D25=present|absent",
    ]

    private mutating func apply(_ name: String, _ value: String) -> Bool {
        func word<Word: RawRepresentable<String>>(_ target: inout Word) -> Bool {
            guard let word = Word(rawValue: value) else { return false }
            target = word
            return true
        }
        func number(_ target: inout Int, _ allowed: Int...) -> Bool {
            guard let number = Int(value), allowed.contains(number) else { return false }
            target = number
            return true
        }
        func flag(_ target: inout Bool, on: String, off: String) -> Bool {
            guard value == on || value == off else { return false }
            target = value == on
            return true
        }
        switch name {
        case "D1": return number(&signInStatus, 200, 201)
        case "D2": return word(&signInError)
        case "D3": return number(&lockedStatus, 401, 403)
        case "D5": return word(&factoryError)
        case "D6": return word(&wrapper)
        case "D7": return word(&unmatched)
        case "D8": return word(&wrongModel)
        case "D9": return flag(&oneCountError, on: "602", off: "table")
        case "D10": return flag(&needsManufacture, on: "yes", off: "no")
        case "D11": return word(&provisionTwice)
        case "D12": return flag(&plainAdminProvisions, on: "yes", off: "no")
        case "D13": return flag(&makerAdminProvisions, on: "yes", off: "no")
        case "D23": return word(&publicKey)
        case "D24": return flag(&colonMAC, on: "colons", off: "as-sent")
        case "D25": return flag(&showsHostVersion, on: "present", off: "absent")
        default: return false
        }
    }
}
