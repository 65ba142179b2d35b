// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a unit tells the Device Service when it connects.
///
/// Sources: names of the fields by the device agents; Ayla registration methods (2018-11), connect sequence.
package struct UnitHello: Sendable {
    /// A factory's test: it must not count as the customer's first connection.
    package var isTest: Bool
    package var oem: String?
    package var oemModel: String?
    /// The unit's OEM key as base64, or the OEM secret itself. Nil: not sent, which a dev deployment lets pass while
    /// the unit stays with its company.
    package var oemKey: SharedSecret?
    package var templateVersion: String?
    /// Nil: the reserved one.
    package var model: String?
    package var mac: String?
    package var hwsig: String?
    package var softwareVersion: String?
    /// Eight letters or digits that a phone gave the unit.
    package var setupToken: String?
    /// The unit was set back to how it left the factory.
    package var wasReset = false
    /// What the connection comes to: `Online`, `PollingOnline`, or `Initializing` for a unit that gets no further.
    package var status = "Online"

    package init(
        isTest: Bool, oem: String?, oemModel: String?, oemKey: SharedSecret? = nil, templateVersion: String?,
        mac: String? = nil, hwsig: String? = nil, softwareVersion: String? = nil
    ) {
        self.isTest = isTest
        self.oem = oem
        self.oemModel = oemModel
        self.oemKey = oemKey
        self.templateVersion = templateVersion
        self.mac = mac
        self.hwsig = hwsig
        self.softwareVersion = softwareVersion
    }

    /// Body of `POST /sandbox/devices/{dsn}/connect`.
    init(_ body: JSONObject) {
        self.init(
            isTest: body["test"]?.bool ?? false, oem: body["oem"]?.text, oemModel: body["oem_model"]?.text,
            oemKey: body["oem_key"]?.text.map { SharedSecret(text: $0) },
            templateVersion: body["template_version"]?.text,
            mac: body["mac"]?.text, hwsig: body["hwsig"]?.text, softwareVersion: body["sw_version"]?.text)
        model = body["model"]?.text
        setupToken = body["setup_token"]?.text
        wasReset = body["reset"]?.bool ?? false
        if let word = body["status"]?.text { status = word }
    }
}
