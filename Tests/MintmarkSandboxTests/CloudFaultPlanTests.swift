// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("Which request a fault of the virtual cloud waits for")
struct CloudFaultPlanTests {
    @Test("a fault without a route waits for a request that it can strike")
    func routes() {
        var plan = CloudFaultPlan([CloudFault(.truncated), CloudFault(.halfOpen, .number(2))], seed: 1)
        #expect(plan.draw(.stream) == nil && plan.faults.count == 2)
        #expect(plan.draw(.stream)?.kind == .halfOpen && plan.faults.map(\.kind) == [.truncated])
        #expect(plan.draw(.reserve)?.kind == .truncated && plan.faults.isEmpty)
    }

    @Test("what cannot strike the opening of a stream is refused with what can")
    func stream() {
        for (form, sample) in CloudFault.names {
            guard !CloudFault.streamForms.contains(form) else {
                #expect(throws: Never.self) { try CloudFault(text: sample + "@stream") }
                continue
            }
            let error = #expect(throws: MintmarkError.self) { try CloudFault(text: sample + "@stream") }
            #expect(error?.what.contains("cannot strike the opening of a stream") == true)
            #expect(error?.next == "Write one of \(CloudFault.streamForms.joined(separator: ", ")) with @stream.")
        }
        #expect(CloudFault.streamForms.contains("half-open") && !CloudFault.streamForms.contains("truncated"))
        #expect(CloudFault.streamForms.count == 11)
    }
}
