// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Products of the package, which lie beside the test bundle.
package enum BuiltProduct {
    package static func path(_ name: String) -> String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return "\((bundle as NSString).deletingLastPathComponent)/\(name)"
    }

    /// The product without debug symbols: a program that hashes itself at each start has half as much to read. The
    /// product itself where the symbols cannot be taken off.
    package static func lean(_ name: String) -> String {
        let built = path(name)
        let folder = (built as NSString).deletingLastPathComponent + "/lean"
        let (lean, making) = ("\(folder)/\(name)", "\(folder)/\(name).\(ProcessInfo.processInfo.processIdentifier)")
        if let made = date(lean), let source = date(built), made > source { return lean }
        let strip = Process()
        strip.executableURL = URL(fileURLWithPath: "/usr/bin/strip")
        strip.arguments = ["-o", making, built]
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try strip.run()
            strip.waitUntilExit()
            guard strip.terminationStatus == 0, rename(making, lean) == 0 else { return built }
            return lean
        } catch {
            return built
        }
    }

    private static func date(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }
}
