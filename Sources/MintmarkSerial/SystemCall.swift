// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// Runs a C call that returns -1 and sets `errno`; retries EINTR.
///
/// Not inlined: `errno` is read before anything else can touch it.
@inline(never) @discardableResult
func systemCall<R: FixedWidthInteger & SignedInteger>(
    _ name: StaticString, on path: String, _ body: () -> R
) throws(MintmarkError) -> R {
    while true {
        let result = body()
        let code = errno
        if result != -1 { return result }
        guard code == EINTR else { throw PortFault.error(of: name, on: path, code) }
    }
}
