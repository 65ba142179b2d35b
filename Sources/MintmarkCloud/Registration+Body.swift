// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Registration {
    /// Body of the manufacture or provision request, fields in the order of the vendor's samples.
    ///
    /// Source: Ayla Factory Service API specification 2.2 (2017-03), sections 3 and 4.
    func body(setupKey: SharedSecret?) -> SharedSecret {
        var body = RequestBody()
        let date = UTCTime.logText(seconds: domAt)
        body.add("model", model)
        body.add("mac", mac.description)
        switch call {
        case .manufacture:
            body.add("hwsig", hwsig?.description)
            body.add("dom_at", date)
            body.add("manuf_model", manufModel)
            body.add("manuf_sn", manufSN)
            body.add("odm", odm)
            body.add("module_sw_version", firmware)
        case .provision:
            body.add("manuf_model", manufModel)
            body.add("manuf_sn", manufSN)
            body.add("hwsig", hwsig?.description)
            body.add("oem_model", oemModel)
            body.add("module_sw_version", firmware)
            body.add("dom_at", date)
            body.add("oem_host_version", oemHostVersion)
            body.add("odm", odm)
        }
        body.add("wifi_setup_key", secret: setupKey)
        body.add("ads_connect_flag", connected.map { .bool($0) })
        return body.text
    }
}
