// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The User Service. Lives and locks: Ayla service API specification v8.1, 3.
extension CloudState {
    static let accessLife: Int64 = 86_400
    static let lockTime: Int64 = 1800
    static let failuresToLock = 5

    mutating func signIn(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        guard let body = call.member("user")?.object else { throw .badRequest }
        let application = body["application"]?.object
        guard let id = application?["app_id"]?.text, let app = apps[id],
            app.secret.matches(application?["app_secret"]?.text)
        else { return signInRefusal(404, "Unknown application") }
        guard let email = body["email"]?.text, let user = users[email] else {
            return signInRefusal(401, "Invalid email or password")
        }
        guard now >= user.lockedUntil else {
            let status = switches.lockedAccount == .forbidden ? 403 : 401
            return signInRefusal(status, "Your account is locked")
        }
        guard user.password.matches(body["password"]?.text) else {
            note(failureOf: email, now: now)
            return signInRefusal(401, "Invalid email or password")
        }
        users[email]?.failures = 0
        return CloudAnswer(switches.signInStatus == .created ? 201 : 200, open(email, now: now))
    }

    mutating func refresh(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        guard let body = call.member("user")?.object else { throw .badRequest }
        guard let token = body["refresh_token"]?.text, let access = accessByRefresh[token],
            let session = sessions[access], session.refreshExpires.map({ now < $0 }) ?? true
        else { return CloudAnswer(422, ["error": "Your refresh token is invalid"]) }
        close(session)
        return CloudAnswer(200, open(session.email, now: now))
    }

    mutating func signOut(_ call: CloudCall) throws(CallFailure) -> CloudAnswer {
        guard let token = call.member("user")?.object?["access_token"]?.text else { throw .badRequest }
        guard let session = sessions[token] else { throw .badToken }
        close(session)
        return CloudAnswer(switches.signInStatus == .created ? 201 : 200, JSONObject())
    }

    func profile(of user: CloudUser) -> CloudAnswer {
        let name = user.email.prefix { $0 != "@" }
        return CloudAnswer(
            200,
            [
                "approved": true, "company": .string("Sandbox \(user.oemID)"), "confirmed": true,
                "email": .string(user.email), "firstname": .string(String(name)), "lastname": "Sandbox",
                "uuid": .string(user.uuid),
            ])
    }

    /// Makes every access token that exists invalid; refresh tokens stay.
    package mutating func expireTokens() {
        for token in sessions.keys { sessions[token]?.accessExpires = 0 }
    }

    /// Makes one access token invalid.
    mutating func expire(_ token: String) { sessions[token]?.accessExpires = 0 }

    private mutating func note(failureOf email: String, now: Int64) {
        users[email]?.failures += 1
        guard let failures = users[email]?.failures, failures >= Self.failuresToLock else { return }
        users[email]?.failures = 0
        users[email]?.lockedUntil = now + Self.lockTime
    }

    private mutating func open(_ email: String, now: Int64) -> JSONObject {
        let halfYear: Int64 = 183 * 86_400
        let session = CloudSession(
            email: email, accessToken: random.hex(), refreshToken: random.hex(), accessExpires: now + Self.accessLife,
            refreshExpires: switches.refreshLife == .unlimited ? nil : now + halfYear)
        sessions[session.accessToken] = session
        accessByRefresh[session.refreshToken] = session.accessToken
        return [
            "access_token": .string(session.accessToken), "expires_in": .integer(Self.accessLife),
            "refresh_token": .string(session.refreshToken), "role": .string(reportedRole(of: email)),
            "role_tags": [],
        ]
    }

    private mutating func close(_ session: CloudSession) {
        sessions[session.accessToken] = nil
        accessByRefresh[session.refreshToken] = nil
    }

    private func reportedRole(of email: String) -> String {
        let roles = users[email]?.roles ?? []
        let role =
            switch switches.reportedRole {
            case .first: roles.first
            case .highest: roles.min { $0.rank < $1.rank }
            }
        return (role ?? .endUser).rawValue
    }

    private func signInRefusal(_ status: Int, _ text: String) -> CloudAnswer {
        let message: JSONObject = ["message": .string(text)]
        return switch switches.signInErrors {
        case .message: CloudAnswer(status, ["error": .object(message)])
        case .text: CloudAnswer(status, ["error": .string(text)])
        case .list: CloudAnswer(status, ["errors": .array([.object(message)])])
        }
    }
}

extension SharedSecret {
    /// Whether these are the secret's bytes.
    func matches(_ text: String?) -> Bool {
        guard let text else { return false }
        return withBytes { $0.elementsEqual(text.utf8) }
    }
}
