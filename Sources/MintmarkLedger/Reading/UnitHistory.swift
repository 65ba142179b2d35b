// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// One unit and everything that was written down about it.
package struct UnitHistory: Sendable {
    package let unit: UnitRecord
    package let entries: [Entry]
}
