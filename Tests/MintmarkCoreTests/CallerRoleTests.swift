// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@Suite("What a role may do")
struct CallerRoleTests {
    @Test("a role that no account lets make the call is refused, with the roles that could")
    func refused() {
        let error = CallerRole("EndUser", working: .blackBox).refusal(of: .provision)
        #expect(error?.code == .roleMissing && error?.code.exitStatus == .refused)
        #expect(error?.what == "the station's user is EndUser, which may not provision: it is no role of a factory")
        #expect(error?.next.contains("OEM::ModuleOEMManufacturer or OEM::Admin") == true)
        let maker = CallerRole("OEM::SoftwareOEMManufacturer", working: .blackBox)
        #expect(maker.refusal(of: .reserve)?.what.hasSuffix("it is for white-box modules only") == true)
        #expect(CallerRole("OEM::Acme::Dealer", working: .whiteBox).refusal(of: .search) != nil)
    }

    @Test("what hangs on the account is left to the cloud; without a role nothing is refused")
    func left() {
        for call in FactoryCall.allCases {
            for module in ModuleClass.allCases {
                let isWhiteManufacture = call == .manufacture && module == .whiteBox
                #expect((CallerRole("OEM::Admin", working: module).refusal(of: call) != nil) == isWhiteManufacture)
                #expect(CallerRole("", working: module).refusal(of: call) == nil)
            }
        }
    }

    @Test("a 403 is explained by the condition, by the table, or by what else is left")
    func explained() {
        let admin = CallerRole("OEM::Admin", working: .blackBox)
        #expect(admin.explanation(ofRefused: .manufacture).contains("Module Manufacturer attribute"))
        let oem = CallerRole("OEM::ModuleOEMManufacturer", working: .blackBox)
        #expect(oem.explanation(ofRefused: .provision).contains("another account or class"))
        #expect(oem.explanation(ofRefused: .reserve).contains("may not reserve"))
        #expect(CallerRole("", working: .blackBox).explanation(ofRefused: .search).contains("named no role"))
    }

    @Test("a twin that the cloud hides is explained by what the documents say of the role, with the roles that see it")
    func hidden() {
        func explained(_ role: String) -> String { CallerRole(role, working: .blackBox).explanationOfHiddenTwin }
        #expect(
            explained("OEM::ModuleOEMManufacturer")
                == "OEM::ModuleOEMManufacturer may see no devices: no document says which are shown to this role; use an OEM::Admin or OEM::Staff"
        )
        #expect(explained("EndUser").hasPrefix("EndUser sees only its own devices and those shared with it; use"))
        #expect(explained("OEM::Staff").hasPrefix("OEM::Staff sees every device of its account"))
        #expect(explained("") == "the cloud named no role for the station's user")
    }

    @Test("the public account is known by its OEM id")
    func publicAccount() {
        #expect(CloudAccount(oemID: "0dfc7900").description == "0dfc7900 (the public account)")
        #expect(CloudAccount(oemID: "5a1dc0de").description == "5a1dc0de")
    }
}
