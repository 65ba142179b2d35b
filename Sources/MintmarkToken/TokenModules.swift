// SPDX-License-Identifier: Apache-2.0
internal import CP11Kit
internal import MintmarkCore

/// The PKCS#11 libraries in which a token is looked for, loaded and initialized.
final class TokenModules {
    private let uri: TokenURI
    private let list: UnsafeMutablePointer<UnsafeMutablePointer<CK_FUNCTION_LIST>?>?
    private let single: UnsafeMutablePointer<CK_FUNCTION_LIST>?

    /// - Throws: `.stationFault` when a library cannot be loaded.
    init(for uri: TokenURI) throws(MintmarkError) {
        self.uri = uri
        guard let path = uri.modulePath else {
            single = nil
            list = p11_kit_modules_load_and_initialize(0)
            guard list != nil else { throw Self.fault("the PKCS#11 libraries of this machine") }
            return
        }
        list = nil
        guard let module = p11_kit_module_load(path, 0) else { throw Self.fault(path) }
        let result = p11_kit_module_initialize(module)
        guard result == CK_RV(CKR_OK) else {
            p11_kit_module_release(module)
            throw Self.fault("\(path) (\(TokenFault.words(result)))")
        }
        single = module
    }

    deinit {
        if let list { p11_kit_modules_finalize_and_release(list) }
        if let single {
            p11_kit_module_finalize(single)
            p11_kit_module_release(single)
        }
    }

    /// The one token that the URI names: its library and slot.
    ///
    /// - Throws: `.badSecret` when there is none, or more than one.
    func token() throws(MintmarkError) -> (module: UnsafeMutablePointer<CK_FUNCTION_LIST>, slot: CK_SLOT_ID) {
        let behavior = P11KitIterBehavior(P11_KIT_ITER_WITH_TOKENS.rawValue | P11_KIT_ITER_WITHOUT_OBJECTS.rawValue)
        guard let search = p11_kit_iter_new(uri.pointer, behavior) else { throw TokenFault.memory }
        defer { p11_kit_iter_free(search) }
        if let single {
            p11_kit_iter_begin_with(search, single, 0, 0)
        } else if let list {
            p11_kit_iter_begin(search, list)
        }
        var found: [(UnsafeMutablePointer<CK_FUNCTION_LIST>, CK_SLOT_ID)] = []
        while true {
            let result = p11_kit_iter_next(search)
            if result == CK_RV(CKR_CANCEL) { break }
            try TokenFault.check(result, "looking for", of: uri)
            if let module = p11_kit_iter_get_module(search) { found.append((module, p11_kit_iter_get_slot(search))) }
        }
        guard let first = found.first, found.count == 1 else {
            throw MintmarkError(
                .badSecret, "\(found.isEmpty ? "no token is" : "\(found.count) tokens are") \(uri.text)",
                next: found.isEmpty
                    ? "Plug it in; name its library as module-path in the URI if the system does not know it."
                    : "Name its serial or label in the URI.")
        }
        return first
    }

    private static func fault(_ what: String) -> MintmarkError {
        MintmarkError(
            .stationFault, "cannot load \(what)", next: "Install the token's PKCS#11 library, or mend module-path.")
    }
}
