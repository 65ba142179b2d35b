// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@Suite("Entry")
struct EntryTests {
    @Test("the envelope that is written member by member is canonical, and reads back whole") func envelope() throws {
        let full = EntryContext(
            actor: "op \"7\"", role: "lead", run: UUIDv7.text(1), unit: "hw-1", slot: "A1", attempt: 3, batch: "b",
            carton: "c",
            order: "o", lot: "l", template: String(repeating: "a", count: 64), ref: [4, 7])
        for context in [full, EntryContext(actor: "outbox")] {
            let stamp = EntryStamp(
                log: "00", station: "bench", software: "1.0+test", sequence: 12, time: 1_773_739_800_000_000,
                boot: "b", monotonic: 5, clock: .unsynced)
            let entry = try Entry(EntryDraft(StepIntent(step: "é\n", writes: .secret), by: context), stamp: stamp)
            #expect(CanonicalJSON.encode(try JSONParser.object(entry.bytes)) == entry.bytes)
            let read = try Entry(bytes: entry.bytes)
            #expect(read.stamp == stamp)
            #expect(read.context == context)
            #expect(try read.payload(StepIntent.self) == StepIntent(step: "é\n", writes: .secret))
        }
    }
}
