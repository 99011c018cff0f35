package import Events
import Foundation
import GRDB

/// A member's budget of wrong codes, wherever they are typed. It is silent: when it is spent, even a right code is refused as wrong.
/// Recovery codes need no budget: there are too many to guess.
package struct WrongCodes: Sendable {
    package let store: RuntimeStore

    package init(store: RuntimeStore) {
        self.store = store
    }

    static let mostAnHour = 10
    static let mostADay = 30
    /// The number of wrong codes in an hour from which the member gets a mail.
    package static let mailedFrom = 5

    private static let purpose = OneTimeTokens.Purpose.wrongCode.rawValue
    private static let kept = Period(days: 1)

    /// An attempt that counts as wrong until it is taken back; counted before the code is checked, so that concurrent attempts count.
    package struct Try: Sendable {
        fileprivate let hash: Data
        /// The attempts within the last hour, including this one.
        package let count: Int
    }

    /// - Returns: nil when the budget is spent.
    package func begin(_ member: MemberID, at now: Instant) throws -> Try? {
        let hash = SecretToken.random().hash
        return try store.database.write { database in
            let hour = try count(of: member, since: now.advanced(seconds: -3600), in: database)
            let day = try count(of: member, since: now.subtracting(WrongCodes.kept), in: database)
            guard hour < WrongCodes.mostAnHour, day < WrongCodes.mostADay else { return nil }
            try database.execute(
                sql: "INSERT INTO tokens (hash, purpose, member, expires, asked) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    hash, WrongCodes.purpose, member.description, now.adding(WrongCodes.kept).milliseconds,
                    now.milliseconds,
                ])
            return Try(hash: hash, count: hour + 1)
        }
    }

    /// Removes an attempt whose code was right.
    package func takeBack(_ spent: Try) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM tokens WHERE hash = ?", arguments: [spent.hash])
        }
    }

    private func count(of member: MemberID, since moment: Instant, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM tokens WHERE member = ? AND purpose = ? AND asked > ?",
            arguments: [member.description, WrongCodes.purpose, moment.milliseconds]) ?? 0
    }
}
