package import Accounts
package import Events
package import Foundation
import GRDB

/// Counts the confirmed sign-ups with one personal identity number, taken or free: at most three in 30 days (P-16.6).
///
/// Kept in `runtime.sqlite` as keyed digests, and pruned after 30 days. A number that was used too often is refused in the same words
/// whether or not a member holds it.
package struct ConfirmedSignUps: Sendable {
    package static let most = 3
    package static let period = Period(days: 30)

    private let store: RuntimeStore

    package init(store: RuntimeStore) { self.store = store }

    /// Counts a sign-up before it is confirmed, so that concurrent ones are counted too. A sign-up counts once.
    /// - Returns: false when the number has been used too often.
    package func admit(_ digests: SignUpDigests, at now: Instant) throws -> Bool {
        try store.database.write { database in
            let others =
                try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM confirmed_sign_ups WHERE number = ? AND sign_up <> ? AND confirmed > ?",
                    arguments: [digests.number, digests.signUp, now.subtracting(ConfirmedSignUps.period).milliseconds])
                ?? 0
            guard others < ConfirmedSignUps.most else { return false }
            try database.execute(
                sql: "INSERT INTO confirmed_sign_ups VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [digests.signUp, digests.number, now.milliseconds])
            return true
        }
    }

    /// Takes back the count of a sign-up that was not confirmed after all, or forgets one that is erased.
    package func forget(_ signUp: Data) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM confirmed_sign_ups WHERE sign_up = ?", arguments: [signUp])
        }
    }

    package func prune(at now: Instant) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM confirmed_sign_ups WHERE confirmed <= ?",
                arguments: [now.subtracting(ConfirmedSignUps.period).milliseconds])
        }
    }
}
