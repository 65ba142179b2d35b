// SPDX-License-Identifier: Apache-2.0
import TestSupport

/// A line of bash, as an auditor would type it.
enum Shell {
    /// Standard output and standard error in one, as a person would see them.
    static func run(_ command: String, in folder: String) async throws -> (status: Int32, output: String) {
        let done = try await Child.run("/bin/bash", ["-c", "exec 2>&1; set -o pipefail; \(command)"], in: folder)
        return (done.status, done.output)
    }
}
