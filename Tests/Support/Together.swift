// SPDX-License-Identifier: Apache-2.0

/// Runs all cases of a test beside each other: for those that wait for a silent unit most of their time.
///
/// - Throws: `TogetherFailure` with every case that threw, when all have ended.
package func together<Case: Sendable>(
    _ cases: [Case], _ body: @escaping @Sendable (Case) async throws -> Void
) async throws {
    let failed = await withTaskGroup(of: (Int, String)?.self) { group in
        for (number, one) in cases.enumerated() {
            group.addTask {
                do {
                    try await body(one)
                    return nil
                } catch {
                    return (number, "\(one): \(error)")
                }
            }
        }
        return await group.reduce(into: [(Int, String)]()) { failed, failure in
            if let failure { failed.append(failure) }
        }
    }
    guard failed.isEmpty else {
        throw TogetherFailure(description: failed.sorted { $0.0 < $1.0 }.map(\.1).joined(separator: "\n"))
    }
}

package struct TogetherFailure: Error, CustomStringConvertible {
    package let description: String
}
