// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation
import MintmarkToken

extension StationFile {
    /// How this station signs heads; nil when its file names no key.
    func headSigning() throws(MintmarkError) -> HeadSigning? {
        guard secrets[.headKey] != nil else { return nil }
        return HeadSigning(
            key: try signingKey(.headKey),
            before: secrets[.headKeyBefore] == nil ? nil : try signingKey(.headKeyBefore), headFile: headFile)
    }

    private func signingKey(_ name: SecretName) throws(MintmarkError) -> any SigningKey {
        if case .token(let uri) = secrets[name] { return try TokenKey(uri, pin: try secret(.headPIN)) }
        return try KeyFile.key(in: secret(name))
    }
}
