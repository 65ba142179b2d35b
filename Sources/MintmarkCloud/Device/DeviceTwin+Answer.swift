// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension DeviceTwin {
    /// A device object, bare or as `{"device":{…}}`; nil when it has no usable DSN.
    init?(_ value: LooseJSON) {
        let object = value["device"] ?? value
        guard let text = object["dsn"]?.text, let dsn = try? DSN(text) else { return nil }
        self.init(dsn: dsn)
        // The two are equal, and either may be missing.
        key = object["key"]?.integer ?? object["id"]?.integer
        model = object["model"]?.text
        oemID = object["oem"]?.text
        oemModel = object["oem_model"]?.text
        mac = object["mac"]?.text
        // Both names are in use.
        hwsig = object["unique_hardware_id"]?.text ?? object["hwsig"]?.text
        softwareVersion = object["sw_version"]?.text
        templateID = object["template_id"]?.integer
        hasProperties = object["has_properties"]?.flag
        connectionStatus = object["connection_status"]?.text
        connectedAt = object["connected_at"]?.text
        activatedAt = object["activated_at"]?.text
        isRegistered = object["registered"]?.flag
        userID = object["user_id"]?.text ?? object["user_uuid"]?.text
        oemAuthenticationFailedAt = object["oem_authentication_failed_at"]?.text
    }
}
