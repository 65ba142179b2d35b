// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Products of the package, which lie beside the test bundle.
package enum BuiltProduct {
    package static func path(_ name: String) -> String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return "\((bundle as NSString).deletingLastPathComponent)/\(name)"
    }
}
