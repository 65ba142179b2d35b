// SPDX-License-Identifier: Apache-2.0

extension VirtualCloud {
    /// Runs a virtual cloud for as long as `body` takes.
    ///
    /// - Throws: as `init` and `url`; what `body` throws.
    package static func running<Answer: Sendable>(
        _ configuration: Configuration = Configuration(), _ body: (VirtualCloud, _ url: String) async throws -> Answer
    ) async throws -> Answer {
        let cloud = try VirtualCloud(configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cloud.run() }
            defer { group.cancelAll() }
            return try await body(cloud, try await cloud.url)
        }
    }
}
