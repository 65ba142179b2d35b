// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// Failed calls on a port as errors: absent, denied, busy and lost are four different things to do.
enum PortFault {
    static func error(of call: StaticString, on path: String, _ code: Int32) -> MintmarkError {
        let what = "\(call) \(path): \(String(cString: strerror(code)))"
        switch code {
        case ENOENT, ENODEV, ENXIO:
            return MintmarkError(
                .portAbsent, "there is no port \(path)",
                next: "Plug the adapter in, or correct the slot's port; `mintmark ports` lists what is there.",
                errno: code)
        case EACCES, EPERM:
            return MintmarkError(
                .portDenied, "no permission for \(path)",
                next: "Add the user to the group that owns it (dialout) and log in again.", errno: code)
        case EBUSY, EWOULDBLOCK: return busy(path)
        case EIO: return lost(path)
        default:
            return MintmarkError(.portFailed, what, next: "Run `mintmark doctor`.", errno: code)
        }
    }

    static func busy(_ path: String) -> MintmarkError {
        let owner = PortOwner.find(of: path).map { " by \($0)" } ?? ""
        return MintmarkError(
            .portBusy, "\(path) is in use\(owner)", next: "Close the other program, then run the unit again.",
            errno: EBUSY)
    }

    static func lost(_ path: String) -> MintmarkError {
        MintmarkError(
            .portLost, "\(path) went away", next: "Check the adapter's cable, then run the unit again.", errno: EIO)
    }
}
