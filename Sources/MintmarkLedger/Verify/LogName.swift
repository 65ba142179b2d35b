// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Which log the entries that go by belong to. Only an entry that continues a log may bring another id.
struct LogName {
    private static let logContinue = Array(EntryType.logContinue.rawValue.utf8)

    private(set) var id: [UInt8]
    /// Ids that were continued: none comes back.
    private var earlier: Set<[UInt8]> = []

    init(_ id: some Sequence<UInt8>) { self.id = Array(id) }

    var text: String { String(decoding: id, as: UTF8.self) }

    enum Answer { case same, new, stranger }

    /// Judges the next entry by its scanned envelope; `body` are its bytes.
    mutating func judge(_ envelope: EnvelopeScanner, _ body: UnsafeRawBufferPointer) -> Answer {
        guard let found = envelope.value(.log) else { return .stranger }
        let continues = envelope.value(.type)?.elementsEqual(Self.logContinue) == true
        if found.elementsEqual(id) { return continues ? .stranger : .same }
        guard continues, !earlier.contains(Array(found)) else { return .stranger }
        do throws(MintmarkError) {
            guard try Entry(bytes: Array(body)).payload(LogContinue.self).continues == text else { return .stranger }
        } catch { return .stranger }
        earlier.insert(id)
        id = Array(found)
        return .new
    }
}
