// SPDX-License-Identifier: Apache-2.0

/// A service or portal of the cloud.
///
/// Source: Ayla developer guide (2019-09), "Regions"; the last two are outside of it.
package enum CloudService: String, Sendable, CaseIterable {
    case application
    case dashboardPortal = "dashboard-portal"
    case datastream
    case developerPortal = "developer-portal"
    case device
    case factoryProxy = "factory-proxy"
    case image
    case log
    case notification
    case rules
    case user
    case zigbee
    case commandCenter = "iot-command-center"
    case message

    /// The vendor's name of it.
    package var title: String {
        switch self {
        case .application: "Application Service"
        case .dashboardPortal: "Dashboard Portal"
        case .datastream: "Datastream Service"
        case .developerPortal: "Developer Portal"
        case .device: "Device Service (ADS)"
        case .factoryProxy: "Factory Proxy Service (AFS)"
        case .image: "Image Service"
        case .log: "Log Service"
        case .notification: "Notification Service (ANS)"
        case .rules: "Rules Service"
        case .user: "User Service"
        case .zigbee: "Zigbee Service"
        case .commandCenter: "IoT Command Center"
        case .message: "Message Service"
        }
    }

    /// What a factory uses it for, as far as the vendor documents it.
    package var factoryUse: String {
        switch self {
        case .application: "nothing; it runs the vendor's trigger and notification apps"
        case .dashboardPortal:
            "by hand: the account's OEM id, secret and apps, users and their roles, DSN reservations, uploads of log files"
        case .datastream: "optional: waiting for a unit's connection without polling"
        case .developerPortal: "by hand, while a product is developed: templates and the developer's own devices"
        case .device: "reading a unit's twin, and where units connect to"
        case .factoryProxy: "reserving DSNs, registering units as manufactured and provisioned, searching them"
        case .image: "nothing by itself; units fetch firmware from it"
        case .log: "by hand: a unit's log, when its test connection fails"
        case .notification: "nothing by itself; units keep alive with it, so the test network must let it through"
        case .rules: "possible and unusual: telling another system when units are activated"
        case .user: "signing in; every other call needs the token it gives"
        case .zigbee: "nothing; it accompanies Zigbee gateways"
        case .commandCenter: "listing many units by their state; a first firmware after activation"
        case .message: "nothing; it holds the destinations of rules"
        }
    }

    /// What of it can be asked over the network whether it is there.
    package var reach: CloudReach {
        switch self {
        case .device: CloudReach(hasTLS: true, ports: [80])
        case .notification: CloudReach(hasTLS: false, datagramPorts: [55055, 55056])
        default: CloudReach(hasTLS: true)
        }
    }
}
