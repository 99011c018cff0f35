package import Events
import Foundation
import GRDB

/// Sign-ins that have passed the password step and await a code: each has a token in the page, valid in one browser, for a few minutes and
/// a few attempts.
package struct HalfSignIns: Sendable {
    package struct Waiting: Hashable, Sendable {
        package let member: MemberID
        /// The password that was verified: if it is changed, the member has to start again.
        package let password: Subject
        package let triesLeft: Int
    }

    package let store: RuntimeStore

    package init(store: RuntimeStore) {
        self.store = store
    }

    private static let purpose = OneTimeTokens.Purpose.signInCode.rawValue
    /// In seconds.
    private static let lasts: Double = 600
    package static let tries = 5

    /// - Parameter browser: the token in the browser's cookie.
    package func begin(_ member: MemberID, password: Subject, in browser: SecretToken, at now: Instant) throws
        -> SecretToken
    {
        let token = SecretToken.random()
        try store.database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO tokens (hash, purpose, member, expires, browser, password) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    token.hash, HalfSignIns.purpose, member.description,
                    now.advanced(seconds: HalfSignIns.lasts).milliseconds, browser.hash, password.description,
                ])
        }
        return token
    }

    /// Checks and counts an attempt in one transaction.
    /// - Returns: nil if the time or the attempts are used up, or the token belongs to another browser.
    package func attempt(_ token: SecretToken, in browser: SecretToken, at now: Instant) throws -> Waiting? {
        try store.database.write { database in
            try waiting(
                """
                UPDATE tokens SET tries = tries + 1
                WHERE hash = ? AND purpose = ? AND browser = ? AND expires > ? AND tries < ?
                RETURNING member, password, tries
                """, token, browser, now, in: database)
        }
    }

    /// The same without counting, for a form sent without a code.
    package func find(_ token: SecretToken, in browser: SecretToken, at now: Instant) throws -> Waiting? {
        try store.database.read { database in
            try waiting(
                """
                SELECT member, password, tries FROM tokens
                WHERE hash = ? AND purpose = ? AND browser = ? AND expires > ? AND tries < ?
                """, token, browser, now, in: database)
        }
    }

    package func end(_ token: SecretToken) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM tokens WHERE hash = ? AND purpose = ?", arguments: [token.hash, HalfSignIns.purpose])
        }
    }

    private func waiting(
        _ sql: String, _ token: SecretToken, _ browser: SecretToken, _ now: Instant, in database: Database
    ) throws -> Waiting? {
        let row = try Row.fetchOne(
            database, sql: sql,
            arguments: [token.hash, HalfSignIns.purpose, browser.hash, now.milliseconds, HalfSignIns.tries])
        guard let row, let member = MemberID(row["member"] as String), let password = Subject(row["password"] as String)
        else { return nil }
        return Waiting(member: member, password: password, triesLeft: HalfSignIns.tries - (row["tries"] as Int))
    }
}
