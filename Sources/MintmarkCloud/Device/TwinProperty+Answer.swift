// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension TwinProperty {
    /// A property object, bare or as `{"property":{…}}`; nil when it has no name.
    init?(_ value: LooseJSON) {
        let object = value["property"] ?? value
        guard let name = object["name"]?.text, !name.isEmpty else { return nil }
        self.init(name: name)
        baseType = object["base_type"]?.text
        direction = object["direction"]?.text
        scope = object["scope"]?.text
        isAcknowledged = object["ack_enabled"]?.flag
        self.value = object["value"]?.text
    }
}
