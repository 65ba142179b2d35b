// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import FoundationXML
internal import MintmarkCore

/// One device of a reservation archive: `<f-device><dsn>…</dsn><public-key>PEM</public-key></f-device>`.
///
/// Source: Ayla Embedded Agent guides (QCA4010, WMSDK), "DSN XML file". Printed samples have typographic quotes in the
/// XML declaration, so the declaration is skipped; unknown elements are ignored.
enum DSNFile {
    static let maximumSize = 64 * 1024

    /// - Throws: `.badArchive` with the line, when the file is no such document or its name is of another DSN.
    static func parse(_ bytes: [UInt8], name: String) throws(MintmarkError) -> ReservedDSN {
        let shownName = name.unicodeScalars.contains { $0.value < 32 } ? name.quoted : name
        func refuse(_ what: String) -> MintmarkError {
            MintmarkError(
                .badArchive, "\(shownName): \(what)", next: "Fetch the archive again; nothing of it was taken.")
        }
        guard bytes.count <= maximumSize else { throw refuse("longer than \(maximumSize) bytes") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refuse("not UTF-8") }
        // A document type could define entities, a CDATA section hides text from the reader; no reservation file has one.
        guard !text.replacingOccurrences(of: "<!--", with: "").contains("<!") else {
            throw refuse("a document type or CDATA section is not allowed")
        }
        let reader = DSNFileReader()
        let parser = XMLParser(data: Data(withoutDeclaration(text).utf8))
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        // The parser's own result is not enough: it is true also after some errors that it told its delegate of.
        guard parser.parse(), reader.problem == nil, reader.isWhole else {
            throw refuse(reader.problem ?? "line \(max(1, parser.lineNumber)): not well-formed XML")
        }
        guard let dsnText = reader.dsn?.trimmingCharacters(in: .whitespacesAndNewlines), let pem = reader.publicKey
        else {
            throw refuse("an f-device with a dsn and a public-key was expected")
        }
        let dsn: DSN
        do { dsn = try DSN(dsnText) } catch { throw refuse(error.what) }
        // Two files with swapped names would give two units each other's key.
        let base = ((name as NSString).lastPathComponent as NSString).deletingPathExtension
        guard base == dsn.description else { throw refuse("the DSN in it is \(dsn), its name says another") }
        guard let der = PEM.der(pem) else { throw refuse("the public key is no PEM") }
        return ReservedDSN(dsn: dsn, publicKey: der)
    }

    /// The text behind its XML declaration, with as many line ends before it, so that lines are counted right.
    private static func withoutDeclaration(_ text: String) -> String {
        var body = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if body.hasPrefix("<?xml"), let end = body.range(of: "?>") { body = body[end.upperBound...] }
        return text[..<body.startIndex].filter(\.isNewline) + body
    }
}

/// Collects the two texts; every other element is passed over.
private final class DSNFileReader: NSObject, XMLParserDelegate {
    private static let maximumDepth = 8

    private(set) var dsn: String?
    private(set) var publicKey: String?
    private(set) var problem: String?
    /// The root was closed.
    private(set) var isWhole = false
    private var path: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        path.append(name)
        if isWhole { fail(parser, "not well-formed XML") }
        if path.count > Self.maximumDepth { fail(parser, "nested deeper than \(Self.maximumDepth)") }
        if path.count == 1, name != "f-device" { fail(parser, "found the root \(name.quoted), expected f-device") }
        switch path {
        case ["f-device", "dsn"]:
            if dsn != nil { fail(parser, "a second dsn") }
            dsn = ""
        case ["f-device", "public-key"]:
            if publicKey != nil { fail(parser, "a second public-key") }
            publicKey = ""
        default: break
        }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        path.removeLast()
        isWhole = path.isEmpty
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        fail(parser, "not well-formed XML")
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        switch path {
        case ["f-device", "dsn"]: dsn?.append(text)
        case ["f-device", "public-key"]: publicKey?.append(text)
        default: break
        }
    }

    private func fail(_ parser: XMLParser, _ what: String) {
        problem = problem ?? "line \(parser.lineNumber): \(what)"
        parser.abortParsing()
    }
}
