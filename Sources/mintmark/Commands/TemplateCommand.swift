// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Templates: what is written into a product's units.",
        subcommands: [Check.self, Properties.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check templates.",
            discussion: "Every problem is told with file, line, column, what was found and what was expected.")

        @Argument(help: "Folders with a template.yaml.", completion: .directory) var folders: [String]

        func run() throws {
            try Checks.each(folders) { folder in
                let template = try StationFiles.template(folder)
                return
                    "\(template.family.rawValue) template \(template.name), OEM model \(template.oemModel), \(template.properties.count) properties, \(template.digest.prefix(12))"
            }
        }
    }
}

/// Checks one after the other; all are looked at before the first fault decides the exit status.
enum Checks {
    static func each(_ paths: [String], _ check: (String) throws -> String) throws {
        var first: MintmarkError?
        for path in paths {
            do {
                Terminal.output("good  \(path): \(try check(path))")
            } catch let error as MintmarkError {
                Terminal.error(error.description)
                first = first ?? error
            }
        }
        if let first { throw ExitCode(first.code.exitStatus.rawValue) }
    }
}
