// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

extension CloudState {
    /// Decrypts an OEM key with the private key of the DSN and compares what is inside. Any time is good.
    package func judge(oemKey: [UInt8], dsn: DSN) -> OEMKeyVerdict {
        guard let device = devices[dsn] else { return .unknownDSN }
        do throws(MintmarkError) {
            let plaintext = try SandboxKeyPair(number: device.number).privateKey().decrypt(oemKey)
            return plaintext.withBytes { judge($0, device) }
        } catch {
            return .undecryptable
        }
    }

    private func judge(_ plaintext: UnsafeRawBufferPointer, _ device: FactoryDevice) -> OEMKeyVerdict {
        guard let fields = Self.oemKeyFields(plaintext) else { return .malformed }
        guard let tenant = tenants.values.first(where: { $0.oemID.utf8.elementsEqual(fields[2]) }) else {
            return .unknownOEM
        }
        guard tenant.oemSecret.withBytes({ $0.elementsEqual(fields[1]) }) else { return .wrongSecret }
        if let oem = device.oem, oem != tenant.oemID { return .otherOEM }
        if let model = device.oemModel, !model.utf8.elementsEqual(fields[3]) { return .otherModel }
        return .accepted
    }

    /// Seconds, secret, OEM id, OEM model; nil when it is anything else.
    static func oemKeyFields(_ plaintext: UnsafeRawBufferPointer) -> [Slice<UnsafeRawBufferPointer>]? {
        let line = plaintext.last == UInt8(ascii: "\n") ? plaintext.dropLast() : plaintext[...]
        let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard fields.count == 4, !fields[0].isEmpty, fields[0].allSatisfy({ (48...57).contains($0) }),
            !fields[3].isEmpty
        else { return nil }
        return fields
    }
}
