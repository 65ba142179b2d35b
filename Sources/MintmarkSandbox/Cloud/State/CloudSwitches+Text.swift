// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension CloudSwitches {
    /// One line for each switch, as `set` takes it.
    package var texts: [String] {
        [
            "D1=\(signInStatus.rawValue)", "D2=\(signInErrors.rawValue)", "D3=\(lockedAccount.rawValue)",
            "D4=\(refreshLife.rawValue)", "D5=\(plainErrors.rawValue)", "D6=\(errorList.rawValue)",
            "D7=\(unmatchedDSN.rawValue)", "D8=\(otherModel.rawValue)", "D9=\(countErrors.rawValue)",
            "D10=\(whiteBoxManufacture.rawValue)", "D11=\(provisionTwice.rawValue)",
            "D12=\(plainAdminProvisions.rawValue)", "D13=\(makerAdminProvisions.rawValue)",
            "D22=\(reportedRole.rawValue)", "D23=\(publicKey.rawValue)", "D24=\(mac.rawValue)",
            "D25=\(hostVersion.rawValue)", "D28=\(latency.lowerBound)-\(latency.upperBound)",
        ]
    }

    /// Takes `D11=overwrite`; `D28=1000-15000` are milliseconds.
    ///
    /// - Throws: `.badInput`, naming the settings there are.
    package mutating func set(_ text: String) throws(MintmarkError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw Self.unknown(text) }
        switch parts[0] {
        case "D1": signInStatus = try Self.choice(text, parts[1])
        case "D2": signInErrors = try Self.choice(text, parts[1])
        case "D3": lockedAccount = try Self.choice(text, parts[1])
        case "D4": refreshLife = try Self.choice(text, parts[1])
        case "D5": plainErrors = try Self.choice(text, parts[1])
        case "D6": errorList = try Self.choice(text, parts[1])
        case "D7": unmatchedDSN = try Self.choice(text, parts[1])
        case "D8": otherModel = try Self.choice(text, parts[1])
        case "D9": countErrors = try Self.choice(text, parts[1])
        case "D10": whiteBoxManufacture = try Self.choice(text, parts[1])
        case "D11": provisionTwice = try Self.choice(text, parts[1])
        case "D12": plainAdminProvisions = try Self.choice(text, parts[1])
        case "D13": makerAdminProvisions = try Self.choice(text, parts[1])
        case "D22": reportedRole = try Self.choice(text, parts[1])
        case "D23": publicKey = try Self.choice(text, parts[1])
        case "D24": mac = try Self.choice(text, parts[1])
        case "D25": hostVersion = try Self.choice(text, parts[1])
        case "D28": latency = try Self.range(text, parts[1])
        default: throw Self.unknown(text)
        }
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ value: String
    ) throws(MintmarkError) -> Choice {
        guard let choice = Choice(rawValue: value) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw MintmarkError(.badInput, "\"\(text.prefix(40))\" is no setting", next: "Give one of: \(known).")
        }
        return choice
    }

    private static func range(_ text: String, _ value: String) throws(MintmarkError) -> ClosedRange<Int> {
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        let bounds = parts.compactMap { Int($0) }
        guard let low = bounds.first, let high = bounds.last, parts.count <= 2, bounds.count == parts.count,
            (0...600_000).contains(high), (0...high).contains(low)
        else {
            throw MintmarkError(
                .badInput, "\"\(text.prefix(40))\" is no setting", next: "Give milliseconds, as 1000-15000.")
        }
        return low...high
    }

    private static func unknown(_ text: String) -> MintmarkError {
        let known = CloudSwitches().texts.compactMap { $0.split(separator: "=").first.map(String.init) }
        return MintmarkError(
            .badInput, "\"\(text.prefix(40))\" names no switch of the virtual cloud",
            next: "Give NAME=SETTING with one of \(known.joined(separator: ", ")).")
    }
}
