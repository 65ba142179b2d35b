// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Members of a body that a person or a test sent to the sandbox's own routes.
extension JSONObject {
    /// - Throws: `.badInput`.
    func sentText(_ name: String) throws(MintmarkError) -> String {
        guard let text = self[name]?.text else { throw Self.notSent(name, "a text") }
        return text
    }

    /// - Throws: `.badInput`.
    func sentInteger(_ name: String) throws(MintmarkError) -> Int {
        guard let number = self[name]?.integer else { throw Self.notSent(name, "an integer") }
        return Int(number)
    }

    /// A number as text, also when it came as one; a fraction comes as text from the parser.
    ///
    /// - Throws: `.badInput`.
    func sentNumber(_ name: String) throws(MintmarkError) -> String {
        guard let text = self[name]?.text ?? self[name]?.integer.map({ String($0) }), Double(text) != nil else {
            throw Self.notSent(name, "a number")
        }
        return text
    }

    private static func notSent(_ name: String, _ kind: String) -> MintmarkError {
        MintmarkError(.badInput, "the body has no \"\(name)\" that is \(kind)", next: "Send {\"\(name)\":…} with it.")
    }
}
