// SPDX-License-Identifier: Apache-2.0

/// What a virtual module is and how fast it answers.
package struct ModuleOptions: Sendable {
    package var firmware = "2.4.7"
    /// 12 hexadecimal digits as the module prints them.
    package var mac: String
    /// `stm32_sig`: three groups of eight hexadecimal digits.
    package var hwsig: String
    package var startMode = ModuleMode.manufacturing
    /// DSN, model and public key file of a module that is labelled already.
    package var label: Label?
    /// UTC seconds of the passed module test; 0 is none.
    package var testTime: Int64 = 1_773_738_011
    /// Clock at power-on, seconds since 1970: a module without battery does not know the time.
    package var clockAtBoot: Int64 = 0
    /// A change of OEM id or model clears the key, as the command reference says; later agents keep it.
    package var clearsKeyOnChange = true
    /// Takes a MAC address in upper case, as newer parsers do.
    package var takesUpperCaseMAC = false
    /// Tells when a key file is cut at 400 characters; older firmware cuts without a word.
    package var tellsOfLongFile = true
    /// The template version that the host in the product reports, unless another one was written into the module.
    package var hostVersion = "1.0"
    /// OEM id, model and key of a module that is configured already.
    package var oem: OEM?
    /// Microseconds from a request to join a network to the first call of the cloud.
    package var joinTime: Int64 = 50_000
    /// Opens setup mode again from user mode; nil is no key that does.
    package var setupKey: String?
    /// Microseconds from power-on to the prompt.
    package var bootTime: Int64 = 300_000
    /// Microseconds from a line's end to its reply.
    package var replyTime: Int64 = 5_000
    /// Microseconds that `save` takes.
    package var saveTime: Int64 = 100_000
    /// Random log lines a second, on average.
    package var noise = 0.0
    package var seed: UInt64 = 1
    package var faults: [UnitFault] = []

    package struct Label: Sendable {
        /// A unit that was labelled elsewhere.
        static let other = Label(
            dsn: "AC000W098700099", model: "AY001MTP1", mfgModel: "WD-201", mfgSerial: "wd-000001", keyFile: "")

        package var dsn: String
        package var model: String
        package var mfgModel: String
        package var mfgSerial: String
        /// base64 of the public key.
        package var keyFile: String

        package init(dsn: String, model: String, mfgModel: String, mfgSerial: String, keyFile: String) {
            self.dsn = dsn
            self.model = model
            self.mfgModel = mfgModel
            self.mfgSerial = mfgSerial
            self.keyFile = keyFile
        }
    }

    package struct OEM: Sendable {
        package var id: String
        package var model: String
        /// As stored: encrypted with the module's public key, 256 bytes.
        package var key: [UInt8]

        package init(id: String, model: String, key: [UInt8]) {
            self.id = id
            self.model = model
            self.key = key
        }
    }

    package init(mac: String, hwsig: String) {
        self.mac = mac
        self.hwsig = hwsig
    }
}
