// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// How hard a cloud may be pressed.
package struct OutboxPace: Sendable {
    /// Requests in flight at once.
    package var width = 64
    /// Pause after the first failure; each further one doubles it.
    package var firstPause = Duration.seconds(1)
    package var longestPause = Duration.seconds(300)
    /// Longest time for which a cloud that answers nothing is left alone.
    package var longestStop = Duration.seconds(60)
    /// So many failures in a row, without an answer between them, close the way to the cloud.
    package var failuresToStop = 5

    package init() {}

    /// Pause after so many failures, from half of it up to all of it, so that stations that failed together do not come
    /// back together. `jitter` is in 0...1.
    func pause(after failures: Int, jitter: Double) -> Duration {
        let doublings = min(max(0, failures - 1), 20)
        let full = min(longestPause, firstPause * (1 << doublings))
        return full / 2 + full / 2 * jitter
    }

    /// The cloud's own pause and up to a tenth more.
    func heeding(_ pause: Duration, jitter: Double) -> Duration {
        pause + pause / 10 * jitter
    }
}
