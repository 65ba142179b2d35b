// SPDX-License-Identifier: Apache-2.0

/// The faults of one unit: what each has counted, and which have struck. A value.
struct UnitFaultPlan: Sendable {
    private struct Entry {
        let fault: UnitFault
        /// The command without the blanks behind it.
        let command: [UInt8]
        var count = 0
        var hasStood = false
        /// It was counted for the line being typed.
        var isSpent = false
    }

    /// Faults that struck, in order, as their text.
    private(set) var fired: [String] = []
    private var entries: [Entry] = []
    private var standing: Set<UnitFault.Kind> = []

    init(_ faults: [UnitFault]) {
        for fault in faults { add(fault) }
    }

    mutating func add(_ fault: UnitFault) {
        let command = fault.command.utf8.reversed().drop { $0 == UInt8(ascii: " ") }.reversed()
        entries.append(Entry(fault: fault, command: Array(command)))
    }

    func contains(_ kind: UnitFault.Kind) -> Bool { entries.contains { $0.fault.kind == kind } }

    /// Faults of the module itself hold from boot to boot: every boot, or the one of the fault's number.
    mutating func stand(atBoot boot: Int) {
        standing = []
        for index in entries.indices where entries[index].fault.kind.isStanding {
            let fault = entries[index].fault
            guard fault.occurrence == 0 || fault.occurrence == boot else { continue }
            standing.insert(fault.kind)
            if !entries[index].hasStood { fired.append(fault.description) }
            entries[index].hasStood = true
        }
    }

    func stands(_ kind: UnitFault.Kind) -> Bool { standing.contains(kind) }

    /// Whether a fault of this kind strikes at this line. Counts the line.
    mutating func strikes(_ kind: UnitFault.Kind, at line: String) -> Bool {
        strikes(kind) { line.hasPrefix($0.fault.command) }
    }

    /// Whether a fault of this kind strikes at `byte`, the first behind its command and a blank, while the line is
    /// still being typed. Counts the line.
    mutating func strikes(_ kind: UnitFault.Kind, at byte: UInt8, behind line: [UInt8]) -> Bool {
        guard !entries.isEmpty, byte != UInt8(ascii: " ") else { return false }
        if line.isEmpty, byte == UInt8(ascii: "\r") { return false }
        let typed = line.reversed().drop { $0 == UInt8(ascii: " ") }.reversed()
        return strikes(kind, oncePerLine: true) { typed.elementsEqual($0.command) }
    }

    /// A line ended, or was rubbed out.
    mutating func beginLine() {
        for index in entries.indices { entries[index].isSpent = false }
    }

    private mutating func strikes(
        _ kind: UnitFault.Kind, oncePerLine: Bool = false, where fits: (Entry) -> Bool
    ) -> Bool {
        var hasStruck = false
        for index in entries.indices where entries[index].fault.kind == kind && fits(entries[index]) {
            if oncePerLine, entries[index].isSpent { continue }
            entries[index].isSpent = oncePerLine
            entries[index].count += 1
            let fault = entries[index].fault
            guard fault.occurrence == 0 || fault.occurrence == entries[index].count, !hasStruck else { continue }
            fired.append(fault.description)
            hasStruck = true
        }
        return hasStruck
    }
}
