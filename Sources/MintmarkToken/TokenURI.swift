// SPDX-License-Identifier: Apache-2.0
internal import CP11Kit
internal import MintmarkCore

/// Names a key in a token: `pkcs11:token=factory;object=log` (RFC 7512).
final class TokenURI {
    let text: String
    let pointer: OpaquePointer

    /// - Throws: `.badSecret` for a text that is none, names no object, or holds a PIN.
    init(_ text: String) throws(MintmarkError) {
        guard let pointer = p11_kit_uri_new() else { throw TokenFault.memory }
        self.pointer = pointer
        self.text = text
        guard p11_kit_uri_parse(text, P11_KIT_URI_FOR_ANY, pointer) == Int32(P11_KIT_URI_OK.rawValue) else {
            throw Self.bad("the PKCS#11 URI of the signing key cannot be read", next: "Write it as RFC 7512 says.")
        }
        guard p11_kit_uri_get_pin_value(pointer) == nil, p11_kit_uri_get_pin_source(pointer) == nil else {
            throw Self.bad(
                "the PKCS#11 URI of the signing key holds a PIN or its place",
                next: "Take it out and name the PIN's file as head-pin under secrets.")
        }
        // The private and the public half are asked for one after the other.
        p11_kit_uri_clear_attribute(pointer, CK_ATTRIBUTE_TYPE(CKA_CLASS))
    }

    deinit { p11_kit_uri_free(pointer) }

    /// PKCS#11 library to load; nil: those that the system's p11-kit configuration names.
    var modulePath: String? { p11_kit_uri_get_module_path(pointer).map { String(cString: $0) } }

    private static func bad(_ what: String, next: String) -> MintmarkError {
        MintmarkError(.badSecret, what, next: next)
    }
}
