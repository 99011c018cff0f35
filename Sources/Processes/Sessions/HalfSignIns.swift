package import Events
import Foundation
import GRDB

/// Members who have typed their password and still owe a code: each has a token in the page, good in that browser only, for a few minutes
/// and a few tries.
package struct HalfSignIns: Sendable {
    package struct Waiting: Hashable, Sendable {
        package let member: MemberID
        /// The password that was compared: with another one the member begins again.
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

    /// - Parameter browser: its cookie.
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

    /// Counts a try, in one step with looking whether there is one left.
    /// - Returns: nil when the time or the tries are out, or the token is another browser's.
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

    /// The same without counting, as when nothing was typed.
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
