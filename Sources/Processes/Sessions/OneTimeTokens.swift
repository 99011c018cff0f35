package import Events
import Foundation
import GRDB

/// Links in mails that work once, until their time is out.
package struct OneTimeTokens: Sendable {
    package enum Purpose: String, Sendable {
        case confirmEmail, newPassword, changeEmail, undoEmailChange, restoreAccount, appeal
        /// Stand in pages, not in mails.
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

    /// A new token; earlier ones of the same purpose stop working.
    /// - Parameters:
    ///   - asked: when the request was made that the token answers; it is good for that request only.
    ///   - keepingEarlier: earlier ones go on working.
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

    /// When the request was made that a token answers.
    package func asked(of token: SecretToken) throws -> Instant? {
        try store.database.read { database in
            try Int64.fetchOne(database, sql: "SELECT asked FROM tokens WHERE hash = ?", arguments: [token.hash])
        }
        .map(Instant.init(milliseconds:))
    }

    /// Registers a token that every mail about the same thing shows, once.
    package func register(
        _ token: SecretToken, _ purpose: Purpose, for member: MemberID, until expires: Instant
    ) throws {
        try store.database.write { database in
            try database.execute(
                sql: "INSERT INTO tokens (hash, purpose, member, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [token.hash, purpose.rawValue, member.description, expires.milliseconds])
        }
    }

    /// What a token is good for. Looking uses nothing up: mail scanners open links too.
    package func state(of token: SecretToken, for purpose: Purpose, at now: Instant) throws -> State {
        try store.database.read { try state(of: token, for: purpose, at: now, in: $0) }
    }

    /// Uses the token: of two who try at once, one finds it valid.
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

    /// Takes back every link that a member was sent.
    func revokeAll(of member: MemberID) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM tokens WHERE member = ?", arguments: [member.description])
        }
    }

    /// So long after it ran out, a link's page can still say why it does not work.
    package static let afterlife = Period(days: 7)

    /// Drops what ran out too long ago to say anything about it.
    func prune(at now: Instant) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM tokens WHERE expires < ?",
                arguments: [now.subtracting(OneTimeTokens.afterlife).milliseconds])
        }
    }

    /// How many would be dropped.
    package func count(outdatedAt now: Instant) throws -> Int {
        try store.database.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM tokens WHERE expires < ?",
                arguments: [now.subtracting(OneTimeTokens.afterlife).milliseconds]) ?? 0
        }
    }

    /// When the oldest link ran out, or will.
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
