// SPDX-License-Identifier: Apache-2.0
package import MintmarkDevices

extension ConsoleTiming {
    /// For virtual units: as short as a busy machine allows.
    package static var quick: ConsoleTiming {
        var timing = ConsoleTiming()
        (timing.command, timing.boot) = (.seconds(3), .seconds(1))
        (timing.echoStart, timing.echoGap, timing.nudge) = (.milliseconds(500), .milliseconds(250), .milliseconds(250))
        timing.link = .seconds(2)
        return timing
    }

    /// For virtual units that fall silent, and for others beside them: `quick` with less patience for a whole command.
    package static var curt: ConsoleTiming {
        var timing = ConsoleTiming.quick
        (timing.command, timing.boot) = (.milliseconds(1500), .milliseconds(500))
        return timing
    }
}
