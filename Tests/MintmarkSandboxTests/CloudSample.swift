// SPDX-License-Identifier: Apache-2.0

/// Bodies of factory calls.
enum CloudSample {
    /// Everything a white-box unit must bring; the hardware signature follows the MAC address.
    static func provision(
        model: String = "AY008ESP1", mac: String, oemModel: String = "lamp-one", extra: String = ""
    ) -> String {
        #"{"model":"\#(model)","mac":"\#(mac)","hwsig":"e32-\#(mac)","manuf_model":"DEVKIT","oem_model":"\#(oemModel)","#
            + #""module_sw_version":"1.4.0","dom_at":"2025/03/04 09:20:30 UTC","oem_host_version":"1.0"\#(extra)}"#
    }

    static func manufacture(model: String = "AY001MTP1", mac: String) -> String {
        #"{"model":"\#(model)","mac":"\#(mac)","hwsig":"e32-\#(mac)","dom_at":"2025/03/04 09:15:00 UTC"}"#
    }
}
