// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A module part that DSNs are reserved for.
///
/// No document lists which part is of which class; this split is the sandbox's own.
package struct ModuleModel: Sendable, Hashable {
    package let name: String
    package let kind: ModuleClass

    package init(_ name: String, _ kind: ModuleClass) {
        self.name = name
        self.kind = kind
    }

    package static let all: [ModuleModel] =
        ["AY001MTP1", "AY001MTP2", "AY001MTC2", "AY001MUS1"].map { ModuleModel($0, .blackBox) }
        + ["AY008ESP1", "AY008MVL1", "AY008QCM1", "AY001MRT1", "AY001RTA"].map { ModuleModel($0, .whiteBox) }
}
