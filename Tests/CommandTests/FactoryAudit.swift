// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

/// What always holds in a factory, whatever happened to its stations: looked up in modules, cloud and ledgers.
struct FactoryAudit {
    let factory: Rehearsal
    /// Kinds of the stations that have a ledger.
    let kinds: [String]
    /// How many DSNs the label station was given.
    let reserved: Int
    /// Says in a failure how to get it again.
    let note: String

    /// Everyone has come back once and all that waited was sent.
    func check(_ modules: [ModuleState]) throws {
        let held = modules.compactMap { $0.saved.id["serial"] }
        #expect(Set(held).count == held.count, "a DSN sits on two units, \(note)")
        for device in factory.cloud.devices {
            #expect(device.manufactures <= 1 && device.provisions <= 1, "\(device.dsn) twice, \(note)")
        }
        let label = try LedgerReader(at: factory.ledger("label"))
        let account = try label.account()
        #expect(account.isBalanced && account.reserved == reserved, "\(account.description), \(note)")
        for module in modules {
            guard let serial = module.saved.id["serial"] else { continue }
            let unit = try label.unit(named: module.hwsig)?.unit
            #expect(unit?.dsn?.description == serial, "unit \(module.hwsig) holds \(serial), \(note)")
        }
        for kind in kinds {
            #expect(try LedgerVerifier(at: factory.ledger(kind)).verify().isIntact, "\(note)")
            for unit in try LedgerReader(at: factory.ledger(kind)).units() where unit.outcome == .pass {
                let dsn = try #require(unit.dsn)
                let module = modules.first { $0.hwsig == unit.hardware }
                #expect(module?.saved.id["serial"] == dsn.description, "unit \(unit.hardware), \(note)")
                // A module that was configured before its label was registered is refused by the cloud, and findable.
                guard kind == "label" || unit.badge != .refused else { continue }
                #expect(unit.badge == .registered, "unit \(unit.hardware), \(note)")
                #expect(factory.cloud.device(dsn)?.mac == unit.mac.description, "unit \(unit.hardware), \(note)")
            }
        }
    }
}
