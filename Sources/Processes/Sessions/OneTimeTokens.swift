package import Events
import Foundation
import GRDB

/// Tokens for links in mails that work once, until they expire.
package struct OneTimeTokens: Sendable {
    package enum Purpose: String, Sendable {
        case confirmEmail, newPassword, changeEmail, undoEmailChange, restoreAccount, appeal
        /// These are in pages, not in mails.
        case signInCode, setUpTwoFactor, wrongCode
    }

    package enum State: Hashable, Sendable {
        case valid(MemberID)
        case used, expired, unknown
    }

    package let store: RuntimeStore

    package init(store: RuntimeStore) {
        self.store = store
    }

    /// Issues a new token; earlier unused ones of the same purpose stop working.
    /// - Parameters:
    ///   - asked: the time of the request that the token belongs to; the token is valid for that request only.
    ///   - keepingEarlier: earlier tokens stay valid.
    package func issue(
        _ purpose: Purpose, for member: MemberID, until expires: Instant, asked: Instant? = nil,
        keepingEarlier: Bool = false
    ) throws -> SecretToken {
        let token = SecretToken.random()
        try store.database.write { database in
            if !keepingEarlier {
                try database.execute(
                    sql: "DELETE FROM tokens WHERE member = ? AND purpose = ? AND used IS NULL",
                    arguments: [member.description, purpose.rawValue])
            }
            try database.execute(
                sql: "INSERT INTO tokens (hash, purpose, member, expires, asked) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    token.hash, purpose.rawValue, member.description, expires.milliseconds, asked?.milliseconds,
                ])
        }
        return token
    }

    /// The time of the request that a token belongs to.
    package func asked(of token: SecretToken) throws -> Instant? {
        try store.database.read { database in
            try Int64.fetchOne(database, sql: "SELECT asked FROM tokens WHERE hash = ?", arguments: [token.hash])
        }
        .map(Instant.init(milliseconds:))
    }

    /// Stores a token that all mails about the same matter share; has no effect the second time.
    package func register(
        _ token: SecretToken, _ purpose: Purpose, for member: MemberID, until expires: Instant
    ) throws {
        try store.database.write { database in
            try database.execute(
                sql: "INSERT INTO tokens (hash, purpose, member, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [token.hash, purpose.rawValue, member.description, expires.milliseconds])
        }
    }

    /// Whether a token is valid; does not use it up, because mail scanners open links too.
    package func state(of token: SecretToken, for purpose: Purpose, at now: Instant) throws -> State {
        try store.database.read { try state(of: token, for: purpose, at: now, in: $0) }
    }

    /// Uses up the token: of two concurrent calls, only one finds it valid.
    package func redeem(_ token: SecretToken, for purpose: Purpose, at now: Instant) throws -> State {
        try store.database.write { database in
            let state = try state(of: token, for: purpose, at: now, in: database)
            if case .valid = state {
                try database.execute(
                    sql: "UPDATE tokens SET used = ? WHERE hash = ?", arguments: [now.milliseconds, token.hash])
            }
            return state
        }
    }

    /// Deletes all of a member's tokens.
    func revokeAll(of member: MemberID) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM tokens WHERE member = ?", arguments: [member.description])
        }
    }

    /// How long after its expiry a link's page can still say why it does not work.
    package static let afterlife = Period(days: 7)

    /// Deletes tokens whose `afterlife` is over.
    func prune(at now: Instant) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM tokens WHERE expires < ?",
                arguments: [now.subtracting(OneTimeTokens.afterlife).milliseconds])
        }
    }

    /// The number of tokens that pruning would delete.
    package func count(outdatedAt now: Instant) throws -> Int {
        try store.database.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM tokens WHERE expires < ?",
                arguments: [now.subtracting(OneTimeTokens.afterlife).milliseconds]) ?? 0
        }
    }

    /// The earliest expiry of any token.
    package func longestExpired() throws -> Instant? {
        try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(expires) FROM tokens") }
            .map(Instant.init(milliseconds:))
    }

    private func state(
        of token: SecretToken, for purpose: Purpose, at now: Instant, in database: Database
    ) throws -> State {
        let row = try Row.fetchOne(
            database, sql: "SELECT member, expires, used FROM tokens WHERE hash = ? AND purpose = ?",
            arguments: [token.hash, purpose.rawValue])
        guard let row, let member = MemberID(row["member"] as String) else { return .unknown }
        if row["used"] as Int64? != nil { return .used }
        return now.milliseconds < row["expires"] ? .valid(member) : .expired
    }
}
