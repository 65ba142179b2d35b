// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension CloudSwitches {
    /// One line for each switch, as `set` takes it.
    package var texts: [String] {
        Self.switches.map { "\($0.name)=\($0.text(self))" } + ["D28=\(latency.lowerBound)-\(latency.upperBound)"]
    }

    /// What can be set, the default first: `D1=200|201`.
    package static let forms =
        switches.map { "\($0.name)=\($0.choices.joined(separator: "|"))" } + ["D28=MILLISECONDS-MILLISECONDS"]

    /// Takes `D11=overwrite`, and for D28 a range of milliseconds, `D28=1000-15000`.
    ///
    /// - Throws: `.badInput` with the settings there are.
    package mutating func set(_ text: String) throws(MintmarkError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let isSet =
            switch parts.first {
            case "D28" where parts.count == 2: setLatency(parts[1])
            case let name? where parts.count == 2:
                Self.switches.first { $0.name == name }.map { $0.set(&self, parts[1]) } ?? false
            default: false
            }
        guard isSet else {
            throw MintmarkError(
                .badInput, "\"\(text.prefix(40))\" is no switch of the virtual cloud",
                next: "Write one of \(Self.forms.joined(separator: ", ")).")
        }
    }

    /// One switch by its name, whatever its type.
    private struct Switch: Sendable {
        let name: String
        let choices: [String]
        let text: @Sendable (CloudSwitches) -> String
        let set: @Sendable (inout CloudSwitches, String) -> Bool

        init<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
            _ name: String, _ path: any WritableKeyPath<CloudSwitches, Choice> & Sendable
        ) {
            self.name = name
            let standard = CloudSwitches()[keyPath: path].rawValue
            choices = [standard] + Choice.allCases.map(\.rawValue).filter { $0 != standard }
            text = { $0[keyPath: path].rawValue }
            set = { switches, value in
                guard let choice = Choice(rawValue: value) else { return false }
                switches[keyPath: path] = choice
                return true
            }
        }
    }

    private static let switches = [
        Switch("D1", \.signInStatus), Switch("D2", \.signInErrors), Switch("D3", \.lockedAccount),
        Switch("D4", \.refreshLife), Switch("D5", \.plainErrors), Switch("D6", \.errorList),
        Switch("D7", \.unmatchedDSN), Switch("D8", \.otherModel), Switch("D9", \.countErrors),
        Switch("D10", \.whiteBoxManufacture), Switch("D11", \.provisionTwice), Switch("D12", \.plainAdminProvisions),
        Switch("D13", \.makerAdminProvisions), Switch("D14", \.push), Switch("D15", \.recordBeforeConnection),
        Switch("D16", \.manufacturedTest), Switch("D17", \.reservedTest), Switch("D18", \.activation),
        Switch("D19", \.testEvent), Switch("D20", \.noTemplate), Switch("D21", \.foreignTwin),
        Switch("D22", \.reportedRole),
        Switch("D23", \.publicKey), Switch("D24", \.mac), Switch("D25", \.hostVersion), Switch("D26", \.silentStream),
        Switch("D27", \.acknowledgementKey),
        Switch("D29", \.searchShowsReserved),
    ]

    private mutating func setLatency(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let bounds = parts.compactMap { Int($0) }
        guard let low = bounds.first, let high = bounds.last, parts.count <= 2, bounds.count == parts.count,
            (0...600_000).contains(high), (0...high).contains(low)
        else { return false }
        latency = low...high
        return true
    }
}
