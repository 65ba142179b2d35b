// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Sign-in, refresh and sign-out, as a value.
struct UserServiceState: Sendable {
    private static let lockAfter = 5
    private static let lockTime: Int64 = 30 * 60
    private static let tokenLife: Int64 = 86_400

    private struct Session: Sendable {
        var email: String
        var refreshToken: String
        var expires: Int64
    }

    private var users: [String: CloudUserAccount]
    private let apps: [String: String]
    private var sessions: [String: Session] = [:]
    private var refreshTokens: [String: String] = [:]
    private var failures: [String: (count: Int, until: Int64)] = [:]
    private var random = SystemRandomNumberGenerator()

    init(users: [CloudUserAccount], apps: [CloudApp]) {
        self.users = Dictionary(users.map { ($0.email, $0) }, uniquingKeysWith: { $1 })
        self.apps = Dictionary(apps.map { ($0.id, $0.secret) }, uniquingKeysWith: { $1 })
    }

    /// The user of a valid access token.
    func user(token: String?, now: Int64) -> CloudUserAccount? {
        guard let token, let session = sessions[token], session.expires > now else { return nil }
        return users[session.email]
    }

    mutating func signIn(_ body: JSONObject, _ switches: CloudSwitches, now: Int64) -> CloudReply {
        let user = body["user"]?.object
        let app = user?["application"]?.object
        guard let id = app?["app_id"]?.text, let secret = apps[id], secret == app?["app_secret"]?.text else {
            return .error(404, "Unknown application", as: switches.signInError)
        }
        guard let email = user?["email"]?.text, let account = users[email] else { return refuse(401, switches) }
        if let failure = failures[email], failure.count >= Self.lockAfter, failure.until > now {
            return refuse(switches.lockedStatus, switches)
        }
        guard account.password == user?["password"]?.text else {
            let count = (failures[email]?.count ?? 0) + 1
            failures[email] = (count, now + Self.lockTime)
            return refuse(401, switches)
        }
        failures[email] = nil
        return .json(switches.signInStatus, newTokens(account, now: now))
    }

    mutating func refresh(_ body: JSONObject, now: Int64) -> CloudReply {
        guard let old = body["user"]?.object?["refresh_token"]?.text,
            let token = refreshTokens.removeValue(forKey: old), let session = sessions.removeValue(forKey: token),
            let account = users[session.email]
        else { return .json(422, ["error": "Your refresh token is invalid"]) }
        return .json(200, newTokens(account, now: now))
    }

    mutating func signOut(_ body: JSONObject) -> CloudReply {
        if let token = body["user"]?.object?["access_token"]?.text, let session = sessions.removeValue(forKey: token) {
            refreshTokens[session.refreshToken] = nil
        }
        return .json(200, [:])
    }

    /// Every access token ends now; refresh tokens stay good.
    mutating func expireTokens() {
        for token in sessions.keys { sessions[token]?.expires = 0 }
    }

    private mutating func newTokens(_ account: CloudUserAccount, now: Int64) -> JSONObject {
        let (token, refresh) = (hex32(), hex32())
        sessions[token] = Session(email: account.email, refreshToken: refresh, expires: now + Self.tokenLife)
        refreshTokens[refresh] = token
        return [
            "access_token": .string(token), "expires_in": .integer(Self.tokenLife), "refresh_token": .string(refresh),
            "role": .string(account.role.rawValue), "role_tags": .array([]),
        ]
    }

    private func refuse(_ status: Int, _ switches: CloudSwitches) -> CloudReply {
        .error(status, "Invalid email or password", as: switches.signInError)
    }

    private mutating func hex32() -> String {
        Hex.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
}
