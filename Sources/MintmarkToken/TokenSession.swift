// SPDX-License-Identifier: Apache-2.0
internal import CP11Kit
internal import MintmarkCore

/// A session with a token, logged in. One caller at a time.
final class TokenSession {
    private let uri: TokenURI
    /// Kept: its end unloads the library.
    private let modules: TokenModules
    private let module: UnsafeMutablePointer<CK_FUNCTION_LIST>
    private let slot: CK_SLOT_ID
    private var handle = CK_SESSION_HANDLE()

    /// - Throws: `.badSecret` for a token that is not there or a PIN it does not take, `.stationFault` else.
    init(_ uri: TokenURI, pin: SharedSecret) throws(MintmarkError) {
        self.uri = uri
        modules = try TokenModules(for: uri)
        (module, slot) = try modules.token()
        try TokenFault.check(
            module.pointee.C_OpenSession(slot, CK_FLAGS(CKF_SERIAL_SESSION), nil, nil, &handle), "opening", of: uri)
        let result = pin.withBytes { bytes in
            module.pointee.C_Login(
                handle, CK_USER_TYPE(CKU_USER),
                UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress), CK_ULONG(bytes.count))
        }
        switch result {
        case CK_RV(CKR_OK), CK_RV(CKR_USER_ALREADY_LOGGED_IN): break
        case CK_RV(CKR_PIN_INCORRECT), CK_RV(CKR_PIN_INVALID), CK_RV(CKR_PIN_LEN_RANGE), CK_RV(CKR_PIN_EXPIRED),
            CK_RV(CKR_PIN_LOCKED):
            throw MintmarkError(
                .badSecret, "the token does not take the PIN: \(TokenFault.words(result))",
                next: "Mend head-pin before you try again: tokens lock themselves after a few wrong PINs.")
        default: try TokenFault.check(result, "logging in to", of: uri)
        }
    }

    deinit { _ = module.pointee.C_CloseSession(handle) }

    /// - Throws: `.badSecret` unless exactly the wanted object is there.
    func privateKey() throws(MintmarkError) -> CK_OBJECT_HANDLE {
        let all = try objects(of: mintmark_private_key) { p11_kit_iter_get_object($0) }
        guard let key = all.first, all.count == 1 else { throw missing("private key", all.count) }
        return key
    }

    /// The 32 bytes of the Ed25519 public key.
    ///
    /// CKA_EC_POINT is the point in a DER octet string (PKCS#11 3.0 §2.3.5); some tokens leave the DER out.
    func publicKey() throws(MintmarkError) -> [UInt8] {
        let points = try objects(of: mintmark_public_key) { search in
            var point = [UInt8](repeating: 0, count: 128)
            let size = point.count
            let count = point.withUnsafeMutableBytes { bytes in
                var attribute = CK_ATTRIBUTE()
                (attribute.type, attribute.pValue) = (CK_ATTRIBUTE_TYPE(CKA_EC_POINT), bytes.baseAddress)
                attribute.ulValueLen = CK_ULONG(size)
                let result = p11_kit_iter_get_attributes(search, &attribute, 1)
                return result == CK_RV(CKR_OK) ? min(size, Int(clamping: attribute.ulValueLen)) : 0
            }
            return Array(point.prefix(count))
        }
        let keys = Set(points.map { $0.count == 34 && $0.starts(with: [0x04, 0x20]) ? Array($0.dropFirst(2)) : $0 })
        guard let key = keys.first, keys.count == 1, key.count == 32 else {
            throw missing("Ed25519 public key", keys.count)
        }
        return key
    }

    /// 64 bytes.
    func sign(_ message: [UInt8], with key: CK_OBJECT_HANDLE) throws(MintmarkError) -> [UInt8] {
        var mechanism = CK_MECHANISM()
        mechanism.mechanism = mintmark_eddsa
        try TokenFault.check(module.pointee.C_SignInit(handle, &mechanism, key), "signing with", of: uri)
        var (message, signature) = (message, [UInt8](repeating: 0, count: 64))
        var count = CK_ULONG(signature.count)
        try TokenFault.check(
            module.pointee.C_Sign(handle, &message, CK_ULONG(message.count), &signature, &count), "signing with",
            of: uri)
        return Array(signature.prefix(Int(clamping: count)))
    }

    /// What `read` takes from each object of this class that the URI names.
    private func objects<Found>(
        of kind: CK_OBJECT_CLASS, _ read: (OpaquePointer) -> Found
    ) throws(MintmarkError) -> [Found] {
        guard let search = p11_kit_iter_new(uri.pointer, P11KitIterBehavior(0)) else { throw TokenFault.memory }
        defer { p11_kit_iter_free(search) }
        withUnsafePointer(to: kind) { kind in
            var filter = CK_ATTRIBUTE()
            (filter.type, filter.pValue) = (CK_ATTRIBUTE_TYPE(CKA_CLASS), UnsafeMutableRawPointer(mutating: kind))
            filter.ulValueLen = CK_ULONG(MemoryLayout<CK_OBJECT_CLASS>.size)
            p11_kit_iter_add_filter(search, &filter, 1)
        }
        p11_kit_iter_begin_with(search, module, slot, handle)
        var found: [Found] = []
        while true {
            let result = p11_kit_iter_next(search)
            if result == CK_RV(CKR_CANCEL) { return found }
            try TokenFault.check(result, "looking for", of: uri)
            found.append(read(search))
        }
    }

    private func missing(_ what: String, _ count: Int) -> MintmarkError {
        MintmarkError(
            .badSecret, "\(uri.text) names \(count == 0 ? "no" : String(count)) \(what)\(count > 1 ? "s" : "")",
            next: "Name one Ed25519 key pair by its object label or id.")
    }
}
