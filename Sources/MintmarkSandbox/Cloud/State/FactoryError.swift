// SPDX-License-Identifier: Apache-2.0

/// The factory service's reasons for a 422, with their literal texts.
///
/// Source: Ayla Factory Service API specification v2.2, error tables of reserve, manufacture and provision.
package enum FactoryError: Error, Sendable, Equatable {
    case failures([String])
    case invalidModel(String)
    case countNotInteger(String)
    case countTooLow
    case countTooHigh
    case poolTooSmall
    case alreadyManufactured
    case missing([String])
    case invalidDate(String)

    package var code: String {
        switch self {
        case .failures: "AFS-600"
        case .invalidModel: "AFS-601"
        case .countNotInteger: "AFS-602"
        case .countTooLow: "AFS-603"
        case .countTooHigh: "AFS-604"
        case .poolTooSmall: "AFS-605"
        case .alreadyManufactured: "AFS-606"
        case .missing: "AFS-607"
        case .invalidDate: "AFS-608"
        }
    }

    package var message: String {
        switch self {
        case .failures(let failures):
            "There were some failures while processing: \(failures.joined(separator: ", "))"
        case .invalidModel(let model): "\(model) is not a valid model"
        case .countNotInteger(let count): "\(count) is not a valid integer number between 1 and 1000"
        case .countTooLow: "Count should be higher or equal than 1"
        case .countTooHigh: "A max of 1000 devices can be reserved"
        case .poolTooSmall: "There are not enough reservable devices for your request. Please try later"
        case .alreadyManufactured: "Device is already manufactured"
        case .missing(let names): "There are some missing required attrs: \(names.joined(separator: ", "))"
        case .invalidDate(let value): "\(value) is not valid. Valid date format is %Y/%m/%d %H:%M:%S %Z"
        }
    }

    /// One of each code, as the fault `afs-6xx` answers it.
    package static let samples: [FactoryError] = [
        .failures(["key generation failed"]), .invalidModel("AY999ZZZ1"), .countNotInteger("ten"), .countTooLow,
        .countTooHigh, .poolTooSmall, .alreadyManufactured, .missing(["mac", "hwsig"]), .invalidDate("04.03.2025"),
    ]
}
