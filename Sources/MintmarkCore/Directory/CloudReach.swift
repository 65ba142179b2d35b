// SPDX-License-Identifier: Apache-2.0

/// How a service is reached from a factory's network.
///
/// A site must let 53 (DNS), 80, 443, 55055 and 55056 through. Sources: Ayla tech note 7 (ports); connection history
/// overview (2018-03), which says that the notification service is spoken to in datagrams.
package struct CloudReach: Sendable, Equatable {
    /// Whether it answers TLS at port 443.
    package var hasTLS: Bool
    /// Further TCP ports that units use.
    package var ports: [Int] = []
    /// UDP ports that units use. Nothing answers there unless a unit is known, so that they cannot be tried.
    package var datagramPorts: [Int] = []
}
