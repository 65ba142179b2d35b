// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension FactoryDevice {
    /// The record for the sandbox's own routes; of the Wi-Fi setup key only that it is there.
    package var json: JSONObject {
        [
            "ads_connect_flag": adsConnectFlag.map { .bool($0) }, "dom_at": .text(domAt),
            "dsn": .string(dsn.description), "has_wifi_setup_key": .bool(wifiSetupKey != nil), "hwsig": .text(hwsig),
            "job": .number(job), "mac": .text(mac), "manuf_model": .text(manufModel), "manuf_sn": .text(manufSN),
            "manufactures": .number(manufactures), "model": .string(model.name), "module_sw_version": .text(firmware),
            "odm": .text(odm), "oem": .text(oem), "oem_host_version": .text(oemHostVersion),
            "oem_model": .text(oemModel), "provisions": .number(provisions), "reserved_at": .integer(reservedAt),
            "reserved_by": .string(reservedBy), "state": .string(state.rawValue),
        ]
    }
}
