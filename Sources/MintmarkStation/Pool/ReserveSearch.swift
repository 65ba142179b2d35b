// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The cloud's list of a module model's devices while it is read, page by page. What lost replies reserved is on it, if
/// the cloud lists reserved DSNs at all.
struct ReserveSearch: Sendable, Equatable {
    enum Step: Equatable {
        case read(page: Int)
        case end
    }

    /// Longest list that is read: an hour of calls that take 4 s each.
    static let longest = 100_000
    /// Where nothing can be proved, so much is read for a person to see.
    static let glance = 1000

    /// Life-cycle words of a device that is reserved no more. Every other word leaves it open.
    ///
    /// Sources: Ayla IoT Command Center API (2019-11), 1.4.1; that search gives any is an assumption.
    private static let laterStates: Set<String> = ["manufactured", "provisioned", "activated", "registered"]

    private let model: String
    private let most: Int
    private var seen: Set<DSN> = []
    private var total: Int?
    /// How many devices of the model the list shows.
    private(set) var shown = 0
    /// Those of them that it calls reserved.
    private(set) var reserved: Set<DSN> = []
    /// Those that may be reserved for all that it says.
    private(set) var open: Set<DSN> = []
    /// One clause: why more may be reserved than the list shows; nil when it was read to its end.
    private(set) var gap: String? = "the list was not read"

    /// `most`: how many devices are read.
    init(model: String, most: Int) {
        self.model = model
        self.most = most
    }

    /// Takes in a page and says how to go on.
    mutating func add(_ page: DevicePage, number: Int) -> Step {
        for device in page.devices where seen.insert(device.dsn).inserted { note(device) }
        gap = nil
        guard let all = page.total else { return end("the cloud does not say how long its list is") }
        guard all == total ?? all else { return end("the list changed while it was read") }
        total = all
        if let next = page.next {
            guard seen.count < all, next == number + 1, !page.devices.isEmpty else {
                return end("the pages of the list do not fit together")
            }
            // Of a list that is too long a glance is enough: it proves nothing.
            guard seen.count < (all > most ? min(most, Self.glance) : most) else {
                return end("only \(seen.count) of its \(all) devices were read")
            }
            return .read(page: next)
        }
        return seen.count == all ? .end : end("it counts \(all) devices and shows \(seen.count)")
    }

    private mutating func note(_ device: CloudDevice) {
        guard device.model == nil || device.model == model else { return }
        shown += 1
        let state = device.state?.lowercased()
        if state == "reserved" { reserved.insert(device.dsn) }
        if state.map({ !Self.laterStates.contains($0) }) ?? true { open.insert(device.dsn) }
    }

    private mutating func end(_ gap: String) -> Step {
        self.gap = gap
        return .end
    }
}
