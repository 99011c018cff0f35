import Crypto
package import Events
import Foundation
package import GRDB

/// One browser in which a member has signed in before, or followed a link to a new password.
package struct KnownDevice: Sendable, Identifiable {
    package let id: Int64
    package let member: MemberID
    /// What the member recognises it by: `Firefox på Windows`.
    package let name: String
    package let created: Instant
    /// When she last signed in there.
    package let seen: Instant
}

/// The browsers that have a budget of their own for signing in, so that no stranger can spend it. Knowing a device's token opens nothing:
/// the password is asked for all the same.
package struct KnownDevices: Sendable {
    package let store: RuntimeStore

    /// Of one member; the one longest unused makes room.
    package static let most = 20

    /// Notes that the member has come in through this browser. What its cookie held for her is replaced.
    /// - Parameter tokens: of the browser's cookie.
    package func remember(_ member: MemberID, as name: String, in tokens: [SecretToken], at now: Instant) throws -> (
        token: SecretToken, replaced: SecretToken?
    ) {
        let token = SecretToken.random()
        let replaced: SecretToken? = try store.database.write { database in
            let before = try tokens.first { token in
                try Bool.fetchOne(
                    database, sql: "SELECT 1 FROM devices WHERE hash = ? AND member = ?",
                    arguments: [KnownDevices.hash(token), member.description]) == true
            }
            if let before {
                try database.execute(
                    sql: "UPDATE devices SET hash = ?, name = ?, seen = ? WHERE hash = ?",
                    arguments: [KnownDevices.hash(token), name, now.milliseconds, KnownDevices.hash(before)])
            } else {
                try database.execute(
                    sql: "INSERT INTO devices (hash, member, name, created, seen) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        KnownDevices.hash(token), member.description, name, now.milliseconds, now.milliseconds,
                    ])
                try database.execute(
                    sql: """
                        DELETE FROM devices WHERE member = ?1 AND id NOT IN
                          (SELECT id FROM devices WHERE member = ?1 ORDER BY seen DESC, id DESC LIMIT ?2)
                        """, arguments: [member.description, KnownDevices.most])
            }
            return before
        }
        return (token, replaced)
    }

    /// The devices that the tokens of a cookie stand for.
    /// - Parameter limit: those last used then, or before, are forgotten; nil when none are known by the policy in force.
    package func find(_ tokens: [SecretToken], seenAfter limit: Instant?) throws -> [KnownDevice] {
        guard let limit, !tokens.isEmpty else { return [] }
        return try store.database.read { database in
            try tokens.compactMap { token in
                try KnownDevice.fetchOne(
                    database, sql: "SELECT * FROM devices WHERE hash = ? AND seen > ?",
                    arguments: [KnownDevices.hash(token), limit.milliseconds])
            }
        }
    }

    /// A member's, the last used first.
    package func list(of member: MemberID) throws -> [KnownDevice] {
        try store.database.read { database in
            try KnownDevice.fetchAll(
                database, sql: "SELECT * FROM devices WHERE member = ? ORDER BY seen DESC, id DESC",
                arguments: [member.description])
        }
    }

    /// Nothing when it is somebody else's.
    package func forget(_ device: KnownDevice.ID, of member: MemberID) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM devices WHERE id = ? AND member = ?", arguments: [device, member.description])
        }
    }

    /// - Parameters:
    ///   - kept: stay known.
    ///   - moment: those used later stay known; nil forgets them all.
    package func forgetAll(of member: MemberID, except kept: [KnownDevice] = [], seenUntil moment: Instant? = nil)
        throws
    {
        for device in try list(of: member)
        where !kept.contains(where: { $0.id == device.id }) && device.seen <= moment ?? device.seen {
            try forget(device.id, of: member)
        }
    }

    /// Everybody who has one.
    package func members() throws -> [MemberID] {
        try store.database.read { try String.fetchAll($0, sql: "SELECT DISTINCT member FROM devices") }
            .compactMap { MemberID($0) }
    }

    func prune(seenUntil limit: Instant) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM devices WHERE seen <= ?", arguments: [limit.milliseconds])
        }
    }

    /// How many would be dropped.
    package func count(seenUntil limit: Instant) throws -> Int {
        try store.database.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM devices WHERE seen <= ?", arguments: [limit.milliseconds]) ?? 0
        }
    }

    /// When the one longest unused was used last.
    package func oldest() throws -> Instant? {
        try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(seen) FROM devices") }
            .map(Instant.init(milliseconds:))
    }

    /// Of no use where sessions or links are looked up, even if the file is read: those are hashed without the word.
    private static func hash(_ token: SecretToken) -> Data { Data(SHA256.hash(data: Data("device:\(token)".utf8))) }
}

extension KnownDevice: FetchableRecord {
    package init(row: Row) throws {
        guard let member = MemberID(row["member"] as String) else {
            throw DatabaseError(message: "a device of no member")
        }
        id = row["id"]
        self.member = member
        name = row["name"]
        created = Instant(milliseconds: row["created"])
        seen = Instant(milliseconds: row["seen"])
    }
}
