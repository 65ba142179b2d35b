// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What the factory service knows of one DSN. A DSN still in the pool has no record yet.
package struct FactoryDevice: Sendable {
    /// Only ever grows.
    package enum State: String, Sendable, Comparable, CaseIterable {
        case reserved, manufactured, provisioned

        package static func < (left: State, right: State) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .reserved: 0
            case .manufactured: 1
            case .provisioned: 2
            }
        }
    }

    package let dsn: DSN
    /// Running number of the DSN; picks its key pair.
    package let number: Int
    package let model: ModuleModel
    /// The tenant that reserved it, and when (seconds since 1970) with which job.
    package let reservedBy: String
    package let reservedAt: Int64
    package let job: Int

    package internal(set) var state = State.reserved
    /// As sent.
    package internal(set) var mac: String?
    package internal(set) var hwsig: String?
    /// ISO 8601, UTC.
    package internal(set) var domAt: String?
    package internal(set) var manufModel: String?
    package internal(set) var manufSN: String?
    package internal(set) var odm: String?
    package internal(set) var firmware: String?
    package internal(set) var wifiSetupKey: SharedSecret?
    package internal(set) var adsConnectFlag: Bool?
    package internal(set) var oem: String?
    package internal(set) var oemModel: String?
    package internal(set) var oemHostVersion: String?
    /// Of the last provision; seconds since 1970.
    package internal(set) var provisionedAt: Int64?
    /// How often a manufacture or provision call changed this record.
    package internal(set) var manufactures = 0
    package internal(set) var provisions = 0

    init(dsn: DSN, number: Int, model: ModuleModel, reservedBy: String, reservedAt: Int64, job: Int) {
        self.dsn = dsn
        self.number = number
        self.model = model
        self.reservedBy = reservedBy
        self.reservedAt = reservedAt
        self.job = job
    }
}
