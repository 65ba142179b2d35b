// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore

/// Writes or checks the generated pages of docs/reference; for the project's own `make check`.
struct DocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Write or check the generated reference pages.", shouldDisplay: false)

    @Argument(help: "generate or check") var verb: String
    @Option(help: "The folder of the pages.") var folder = "docs/reference"

    func validate() throws {
        guard ["generate", "check"].contains(verb) else { throw ValidationError("generate or check") }
    }

    func run() throws {
        var stale: [String] = []
        for page in try ReferencePage.all {
            let path = "\(folder)/\(page.name)"
            if verb == "generate" {
                try page.text.write(toFile: path, atomically: true, encoding: .utf8)
            } else if (try? String(contentsOfFile: path, encoding: .utf8)) != page.text {
                stale.append(path)
            }
        }
        guard stale.isEmpty else {
            throw MintmarkError(
                .badInput, "\(stale.joined(separator: ", ")) does not match the code",
                next: "Run `mintmark docs generate` and commit the result.")
        }
    }
}
