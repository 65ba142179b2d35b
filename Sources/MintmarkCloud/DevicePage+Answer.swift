// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension DevicePage {
    /// A page of a search answer, `{"devices":[{"device":{…}}, …],"total":…,"next_page":…}`; nil unless every element is a
    /// device with a DSN.
    ///
    /// Source of the members beside the devices: Ayla Device Service API, paginated device list. No document says that
    /// the factory service gives them.
    init?(_ body: [UInt8]) {
        let document = LooseJSON(bytes: body)
        guard let items = document?["devices"]?.array else { return nil }
        let devices = items.compactMap { CloudDevice($0) }
        guard devices.count == items.count else { return nil }
        self.init(
            devices: devices, total: document?["total"]?.integer.flatMap { Int(exactly: $0) },
            next: document?["next_page"]?.integer.flatMap { Int(exactly: $0) })
    }
}
