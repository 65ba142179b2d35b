// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension StationFile {
    package static let slotKeys = ["name", "port", "usb", "baud"]

    /// The slots without problems; names and ports stand once.
    static func slots(_ reader: ConfigReader, _ node: ConfigNode) -> [SlotConfiguration] {
        var slots: [SlotConfiguration] = []
        var (names, ports) = (Set<String>(), Set<SlotConfiguration.Port>())
        for item in reader.list(node, "a list of at least one slot") {
            let map = reader.map(item, "a slot", keys: slotKeys)
            let name = map.text("name", FieldRules.slotName, where: FieldRules.isSlotName)
            let port = Self.port(map)
            let baud = map.optionalText("baud", FieldRules.baud, where: FieldRules.isBaud)
            if let name, let node = map.optional("name"), !names.insert(name).inserted {
                reader.report(node.place, found: "slot \(name) again", expected: "a name of its own")
            }
            if let port, let node = map.optional("port") ?? map.optional("usb"), !ports.insert(port).inserted {
                reader.report(node.place, found: "the port of another slot", expected: "a port of its own")
            }
            guard let name, let port else { continue }
            slots.append(SlotConfiguration(name: name, port: port, baud: baud.flatMap { Int($0) } ?? 115_200))
        }
        return slots
    }

    private static func port(_ map: ConfigMap) -> SlotConfiguration.Port? {
        let path = map.optionalText(
            "port", "the path of a device node from the root, as /dev/ttyUSB1", where: { $0.hasPrefix("/") })
        let usb = map.optionalText("usb", "a bus-port path and interface, as 1-1.4:1.0", where: FieldRules.isUSBPath)
        switch (map.optional("port"), map.optional("usb")) {
        case (nil, nil):
            if map.members != nil { map.reader.report(map.place, found: "no port", expected: "port or usb") }
            return nil
        case (_?, _?):
            map.reader.report(map.place, found: "port and usb", expected: "one of the two")
            return nil
        default: return path.map { .path(absolute($0, "/")) } ?? usb.map { .usb($0) }
        }
    }
}
