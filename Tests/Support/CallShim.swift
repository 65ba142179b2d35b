// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The environment of a process that runs under `call-shim`: what is counted and logged, and what one call meets.
package struct CallShim: Sendable {
    /// Classes of calls.
    package struct Calls: OptionSet, Sendable {
        package static let writes = Calls(rawValue: 1)
        package static let syncs = Calls(rawValue: 2)
        /// New names, renames, links and unlinks.
        package static let names = Calls(rawValue: 4)
        /// What goes to a terminal, a socket or a pipe.
        package static let talk = Calls(rawValue: 8)
        package static let files: Calls = [.writes, .syncs, .names]
        package static let all: Calls = [.files, .talk]

        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        fileprivate var letters: String {
            zip("wsnt", 0...).filter { rawValue & 1 << $1 != 0 }.map { "\($0.0)" }.joined()
        }
    }

    package enum Act: Sendable {
        /// SIGKILL before the call.
        case kill
        /// SIGKILL after half of the call's bytes.
        case tear
        /// The call fails with this `errno`.
        case fail(Int32)
    }

    package var calls = Calls.all
    /// Counts only calls on paths that hold this text.
    package var path: String?
    /// File that gets a record of each counted call.
    package var log: String?
    /// Number of the call, from 1, and what it meets.
    package var fault: (at: Int, act: Act)?

    package init(_ calls: Calls = .all, path: String? = nil, log: String? = nil, fault: (at: Int, act: Act)? = nil) {
        (self.calls, self.path, self.log, self.fault) = (calls, path, log, fault)
    }

    package var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["LD_PRELOAD"] = BuiltProduct.path("libcall-shim.so")
        environment["CALL_SHIM_ON"] = calls.letters
        environment["CALL_SHIM_PATH"] = path
        environment["CALL_SHIM_LOG"] = log
        guard let fault else { return environment }
        environment["CALL_SHIM_AT"] = String(fault.at)
        switch fault.act {
        case .kill: environment["CALL_SHIM_ACT"] = "kill"
        case .tear: environment["CALL_SHIM_ACT"] = "tear"
        case .fail(let code): environment["CALL_SHIM_ACT"] = String(code)
        }
        return environment
    }
}
