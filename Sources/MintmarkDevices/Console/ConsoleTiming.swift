// SPDX-License-Identifier: Apache-2.0

/// How long a console is waited for. One set of values, so that a test can make silence short.
package struct ConsoleTiming: Sendable, Equatable {
    /// A command, from its first byte to the prompt.
    package var command = Duration.seconds(10)
    /// From `reset` to `bc init done`, for each try.
    package var boot = Duration.seconds(10)
    /// From a command to its echo's first byte.
    package var echoStart = Duration.milliseconds(2500)
    /// Between two bytes of an echo.
    package var echoGap = Duration.milliseconds(300)
    /// Silence after a reply without a prompt, until a bare CR asks for one.
    package var nudge = Duration.milliseconds(1000)
    /// From the order to join a network to a log line that tells how it went: three joins, DHCP and the cloud.
    package var link = Duration.seconds(45)

    package init() {}
}
