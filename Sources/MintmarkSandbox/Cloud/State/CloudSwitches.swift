// SPDX-License-Identifier: Apache-2.0

/// How this cloud decides where the vendor's documents are silent or disagree. A client must work with every setting.
package struct CloudSwitches: Sendable, Equatable {
    /// D1: status of a successful sign-in and sign-out.
    package var signInStatus = SignInStatus.ok
    /// D2: shape of a 401 or 404 of sign-in.
    package var signInErrors = SignInErrors.message
    /// D3: what a locked account gets for 30 minutes after five failures.
    package var lockedAccount = LockedAccount.unauthorized
    /// D4: life of a refresh token that nobody uses.
    package var refreshLife = RefreshLife.unlimited
    /// D5: body of the factory service's 401, 403 and 404.
    package var plainErrors = PlainErrors.text
    /// D6: name of the list in the factory service's 422.
    package var errorList = ErrorList.mixed
    /// D7: answer for a DSN that is another company's or in a wrong state.
    package var unmatchedDSN = UnmatchedDSN.notFound
    /// D8: answer for a model that is not the reserved one.
    package var otherModel = OtherModel.failure
    /// D9: errors of reserve's count.
    package var countErrors = CountErrors.table
    /// D10: whether a white-box DSN must be manufactured before it is provisioned.
    package var whiteBoxManufacture = Answer.no
    /// D11: a second provision.
    package var provisionTwice = ProvisionTwice.refuse
    /// D12: whether an admin of a company without the module manufacturer attribute may provision.
    package var plainAdminProvisions = Answer.yes
    /// D13: whether an admin of a company with the attribute may provision.
    package var makerAdminProvisions = Answer.no
    /// D14: when a provisioned unit comes to the Device Service: two seconds later, at once, or never.
    package var push = Push.auto
    /// D15: whether there is a twin before the first connection.
    package var recordBeforeConnection = Presence.exists
    /// D16: a test connection of a black-box module that is manufactured and not provisioned.
    package var manufacturedTest = Presence.exists
    /// D17: a test connection of a DSN that is only reserved.
    package var reservedTest = Admission.accepted
    /// D18: what activates a unit.
    package var activation = Activation.connection
    /// D19: whether a test connection is an event of a stream.
    package var testEvent = Answer.yes
    /// D20: the template of a unit for which none fits: none, or the one it had.
    package var noTemplate = NoTemplate.null
    /// D21: answer for another company's twin.
    package var foreignTwin = ForeignTwin.notFound
    /// D22: which of several roles sign-in reports.
    package var reportedRole = ReportedRole.first
    /// D23: body of a public key's PEM.
    package var publicKey = PublicKey.pkcs1
    /// D24: MAC addresses in answers.
    package var mac = MACForm.asSent
    /// D25: `oem_host_version` in the answer of manufacture.
    package var hostVersion = HostVersion.present
    /// D26: what becomes of a stream with three unanswered heartbeats.
    package var silentStream = SilentStream.close
    /// D27: the member of an acknowledgement's event that holds the datapoint.
    package var acknowledgementKey = AcknowledgementKey.datapoint
    /// D29: whether search shows a DSN that is only reserved, to users of the company that reserved it.
    package var searchShowsReserved = Answer.no
    /// D28: time that each answer takes, drawn from this range; milliseconds.
    package var latency = 0...0

    package init() {}
}
