// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Prints a line that is seen at once, also in a file: what a long run found before it was stopped must not be lost in a
/// buffer.
package func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
