// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkStation

@Suite("The cloud's list of devices")
struct ReserveSearchTests {
    private static func page(
        _ numbers: Range<Int>, of total: Int?, next: Int?, model: String? = "M", state: String? = "reserved"
    ) throws -> DevicePage {
        let devices = try numbers.map { number in
            var device = CloudDevice(dsn: try DSN("AC000W\(100_000_000 + number)"))
            (device.model, device.state) = (model, state)
            return device
        }
        return DevicePage(devices: devices, total: total, next: next)
    }

    @Test("whole only with as many different devices as it counts, on pages that follow each other")
    func whole() throws {
        var search = ReserveSearch(model: "M", most: 100)
        #expect(search.gap != nil)
        #expect(search.add(try Self.page(0..<4, of: 6, next: 2), number: 1) == .read(page: 2))
        #expect(search.add(try Self.page(4..<6, of: 6, next: nil), number: 2) == .end)
        #expect(search.gap == nil && search.shown == 6 && search.reserved.count == 6)
        // One was reserved meanwhile: it pushed another one to the next page, and may itself be on neither.
        let second: [(DevicePage, String)] = [
            (try Self.page(3..<5, of: 6, next: nil), "it counts 6 devices and shows 5"),
            (try Self.page(3..<6, of: 7, next: nil), "the list changed"),
            (try Self.page(4..<6, of: nil, next: nil), "does not say how long"),
            (try Self.page(4..<5, of: 6, next: 4), "do not fit together"),
            (try Self.page(4..<4, of: 6, next: 3), "do not fit together"),
            (try Self.page(4..<6, of: 6, next: 3), "do not fit together"),
        ]
        for (page, gap) in second {
            var search = ReserveSearch(model: "M", most: 100)
            _ = search.add(try Self.page(0..<4, of: 6, next: 2), number: 1)
            #expect(search.add(page, number: 2) == .end)
            #expect(search.gap?.contains(gap) == true, "\(search.gap ?? "none"), not \(gap)")
        }
    }

    @Test("a list that is longer than it may be gets a glance") func long() throws {
        var search = ReserveSearch(model: "M", most: 4)
        #expect(search.add(try Self.page(0..<4, of: 6, next: 2), number: 1) == .end)
        #expect(search.gap == "only 4 of its 6 devices were read")
        var longest = ReserveSearch(model: "M", most: ReserveSearch.longest)
        let glance = try Self.page(0..<ReserveSearch.glance, of: ReserveSearch.longest + 1, next: 2)
        #expect(longest.add(glance, number: 1) == .end)
    }

    @Test(
        "a device with no known later state may be reserved; only the word itself makes a control",
        arguments: [
            ("reserved", "M", true, true), ("Reserved", nil, true, true), (nil, "M", true, false),
            ("new", "M", true, false), ("manufactured", "M", false, false), ("provisioned", nil, false, false),
            ("reserved", "N", false, false),
        ] as [(String?, String?, Bool, Bool)])
    func states(state: String?, model: String?, isOpen: Bool, isReserved: Bool) throws {
        var search = ReserveSearch(model: "M", most: 100)
        _ = search.add(try Self.page(0..<1, of: 1, next: nil, model: model, state: state), number: 1)
        #expect(search.gap == nil)
        #expect(search.open.isEmpty == !isOpen && search.reserved.isEmpty == !isReserved)
    }

    @Test("proof takes a whole list, every free DSN on it, at least one, and no stranger")
    func proof() throws {
        func finding(_ controls: Int, _ hidden: Int, _ strangers: Int, _ gap: String?) throws -> ReserveFinding {
            ReserveFinding(
                model: "M", shown: 9, controls: controls, hidden: hidden,
                strangers: try (0..<strangers).map { try DSN("AC000W\(100_000_000 + $0)") }, gap: gap)
        }
        #expect(try finding(3, 0, 0, nil).isProof)
        for (controls, hidden, strangers, gap) in [(0, 0, 0, nil), (2, 1, 0, nil), (3, 0, 1, nil), (3, 0, 0, "a gap")] {
            #expect(try !finding(controls, hidden, strangers, gap).isProof)
        }
    }
}
