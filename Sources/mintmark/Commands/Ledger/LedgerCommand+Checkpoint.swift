// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLabels
import MintmarkLedger
import MintmarkStation

extension LedgerCommand {
    struct Checkpoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the newest signed head of the log.",
            discussion: """
                A head is a C2SP checkpoint: a signed note of the log's name, its number of entries and their root. \
                Whoever keeps one outside the factory can prove later that nothing below it was changed or removed. As a \
                QR code it can be kept on paper: what a phone or a scanner reads is the head, byte for byte.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @Flag(help: "Sign a new head first; LEDGER is the station file.") var sign = false
        @Flag(help: "Make the head file anew, when it is lost for good; LEDGER is the station file.")
        var newHeadFile = false
        @Option(name: .shortAndLong, help: "File to write, which must not exist.") var output: String?

        @Option(
            defaultAsFlag: "-",
            help:
                "Show it as a QR code, or write the QR code's picture into FILE.svg or FILE.png, which must not exist.")
        var qr: String?

        func validate() throws {
            if let qr, qr != "-", QRCode.Format(path: qr) == nil {
                throw ValidationError("--qr writes FILE.svg or FILE.png, \(qr) is neither.")
            }
        }

        func run() async throws {
            if sign || newHeadFile { try await signNow() }
            guard let head = try LedgerReader(at: LedgerPath.of(ledger)).newestHead() else { throw SignedHead.missing }
            let text = head.note.description
            if let output { try Folders.writeNew(text, to: output, mode: 0o644) }
            if let qr {
                try show(QRCode(text), qr)
            } else if output == nil {
                Terminal.write(text, to: STDOUT_FILENO)
            }
        }

        private func show(_ code: QRCode, _ path: String) throws {
            if let format = QRCode.Format(path: path) {
                return try Folders.writeNew(code.image(format), to: path, mode: 0o644)
            }
            if let columns = Terminal.outputColumns {
                guard columns >= code.width else {
                    throw MintmarkError(
                        .badInput, "the QR code is \(code.width) columns wide, the terminal \(columns)",
                        next: "Widen it, or write a picture: --qr FILE.svg.")
                }
                // Whatever the terminal's own colours are, a scanner wants black on white.
                for line in code.lines { Terminal.output("\u{1B}[30;107m\(line)\u{1B}[0m") }
            } else {
                for line in code.lines { Terminal.output(line) }
            }
        }

        private func signNow() async throws {
            let file = try StationFiles.station(ledger)
            guard let signing = try file.headSigning() else {
                throw MintmarkError(
                    .badSecret, "the station file names no head-key", next: "Name it under secrets.")
            }
            if newHeadFile { try signing.createHeadFile() }
            try await OpenLedger.signHead(of: file)
        }
    }
}

extension QRCode.Format {
    /// By the file's ending.
    fileprivate init?(path: String) { self.init(rawValue: (path as NSString).pathExtension) }
}
