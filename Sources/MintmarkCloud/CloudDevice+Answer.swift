// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudDevice {
    /// A device object, bare or as `{"device":{…}}`; nil when it has no usable DSN.
    init?(_ value: LooseJSON) {
        let object = value["device"] ?? value
        guard let text = object["dsn"]?.text, let dsn = try? DSN(text) else { return nil }
        self.init(dsn: dsn)
        model = object["model"]?.text
        mac = object["mac"]?.text
        hwsig = object["hwsig"]?.text
        oemID = object["oem"]?.text
        oemModel = object["oem_model"]?.text
        oemHostVersion = object["oem_host_version"]?.text
        manufModel = object["manuf_model"]?.text
        manufSN = object["manuf_sn"]?.text
        odm = object["odm"]?.text
        firmware = object["module_sw_version"]?.text
        state = object["state"]?.text
    }
}
