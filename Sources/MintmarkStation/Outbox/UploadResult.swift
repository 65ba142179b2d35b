// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a dashboard's upload came to: which units it held, and which of them the result log names as faulty.
///
/// Source: Ayla Dashboard, Factory Actions: faulty DSNs are skipped and listed in a result log; all others are taken.
/// How its lines look is not published, so a line counts for the unit whose DSN stands in it as a word.
package struct UploadResult: Sendable, Equatable {
    /// The file's name, for the ledger.
    package let name: String
    /// Requests of the upload by DSN.
    package let requests: [DSN: String]
    /// What the result log says of the units it names.
    package let refused: [DSN: String]
    /// Lines that name no unit of the upload.
    package let strays: Int

    /// `log` is the result log, nil when the dashboard gave none because no unit was faulty; `requests` is the file that
    /// the export wrote.
    ///
    /// - Throws: `.badInput` when either is not what it should be: a result log without a line about this upload is
    ///   another upload's.
    package init(log: String?, name: String, requests text: String) throws(MintmarkError) {
        var requests: [DSN: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count == 2 else { throw Self.bad("the file of requests has a line that is none") }
            requests[try DSN(String(words[0]))] = String(words[1])
        }
        guard !requests.isEmpty else { throw Self.bad("the file of requests names no unit") }
        let known = Dictionary(
            requests.keys.map { ($0.description, $0) }, uniquingKeysWith: { first, _ in first })
        var refused: [DSN: String] = [:]
        var strays = 0
        for line in (log ?? "").split(whereSeparator: \.isNewline) where !line.allSatisfy({ $0 == " " || $0 == "\t" }) {
            let words = line.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            guard let dsn = words.lazy.compactMap({ known[String($0)] }).first else {
                strays += 1
                continue
            }
            refused[dsn] = PrintableText.of(String(line), limit: 300)
        }
        if log != nil, refused.isEmpty { throw Self.bad("the result log names no unit of this upload") }
        (self.name, self.requests, self.refused, self.strays) = (name, requests, refused, strays)
    }

    private static func bad(_ what: String) -> MintmarkError {
        MintmarkError(
            .badInput, what,
            next:
                "Give the result log of the upload and the .requests file that was written with it; without faulty units say --none-refused."
        )
    }
}
