// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("Roles, by the station's table and by the virtual cloud")
struct RoleAgreementTests {
    @Test(
        "what the table grants or denies the cloud does; what it leaves open hangs on the account",
        arguments: CloudRole.allCases)
    func agree(role: CloudRole) {
        for call in FactoryCall.allCases {
            for module in ModuleClass.allCases {
                let answers = [true, false].map { may(role, call, module, isMaker: $0) }
                switch role.permission(call, on: module) {
                case .granted: #expect(answers.contains(true), "\(role) \(call) \(module)")
                case .denied: #expect(!answers.contains(true), "\(role) \(call) \(module)")
                case .conditional: #expect(Set(answers) == [true, false], "\(role) \(call) \(module)")
                }
            }
        }
    }

    private func may(_ role: CloudRole, _ call: FactoryCall, _ module: ModuleClass, isMaker: Bool) -> Bool {
        let caller = CloudCaller(
            user: CloudUser(
                email: "a@b.example", password: CloudBench.secret("x"), oemID: "5a1dc0de", roles: [role], uuid: "u"),
            tenant: CloudTenant(
                oemID: "5a1dc0de", oemSecret: CloudBench.secret("x"), kind: .moduleManufacturer,
                isModuleManufacturer: isMaker))
        return switch call {
        case .reserve: caller.reservable.contains(module)
        case .manufacture: caller.mayManufacture && module == .blackBox
        case .provision: caller.provisionable(CloudSwitches()).contains(module)
        case .search: caller.visible != nil
        }
    }
}
