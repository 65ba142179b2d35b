// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension SQLRow {
    /// A word of a closed list.
    func choice<Choice: RawRepresentable<String>>(_ column: Int32) throws(MintmarkError) -> Choice {
        let word = text(column)
        guard let choice = Choice(rawValue: word) else {
            throw LedgerFault.make("the ledger holds \"\(word.prefix(40))\" where no such word can stand")
        }
        return choice
    }
}
