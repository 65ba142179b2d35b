// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension ConnectionEvent {
    /// A line of the history, bare or as `{"connection_history":{…}}`; nil without time or status.
    init?(_ value: LooseJSON) {
        let object = value["connection_history"] ?? value
        guard let time = object["event_time"]?.text, let status = object["status"]?.text else { return nil }
        self.init(time: time, status: status)
    }
}
