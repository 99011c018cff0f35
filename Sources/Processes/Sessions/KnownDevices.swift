import Crypto
package import Events
import Foundation
package import GRDB

/// A browser in which a member has signed in before, or followed a link to a new password.
package struct KnownDevice: Sendable, Identifiable {
    package let id: Int64
    package let member: MemberID
    /// The name by which the member recognises it: `Firefox på Windows`.
    package let name: String
    package let created: Instant
    /// When she last signed in there.
    package let seen: Instant
}

/// Browsers with a separate sign-in budget that strangers cannot use up. A device's token alone gives no access: the password is still
/// required.
package struct KnownDevices: Sendable {
    package let store: RuntimeStore

    /// Maximum number per member; the least recently used is dropped.
    package static let most = 20

    /// Records that the member signed in through this browser, and replaces the token that its cookie held for her.
    /// - Parameter tokens: the tokens in the browser's cookie.
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

    /// The devices that the tokens of a cookie identify.
    /// - Parameter limit: devices last used at or before this are ignored; nil if the policy in force allows no known devices.
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

    /// A member's devices, the most recently used first.
    package func list(of member: MemberID) throws -> [KnownDevice] {
        try store.database.read { database in
            try KnownDevice.fetchAll(
                database, sql: "SELECT * FROM devices WHERE member = ? ORDER BY seen DESC, id DESC",
                arguments: [member.description])
        }
    }

    /// Does nothing if the device is another member's.
    package func forget(_ device: KnownDevice.ID, of member: MemberID) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM devices WHERE id = ? AND member = ?", arguments: [device, member.description])
        }
    }

    /// - Parameters:
    ///   - kept: devices that stay known.
    ///   - moment: devices used later stay known; nil forgets all.
    package func forgetAll(of member: MemberID, except kept: [KnownDevice] = [], seenUntil moment: Instant? = nil)
        throws
    {
        for device in try list(of: member)
        where !kept.contains(where: { $0.id == device.id }) && device.seen <= moment ?? device.seen {
            try forget(device.id, of: member)
        }
    }

    /// The members who have known devices.
    package func members() throws -> [MemberID] {
        try store.database.read { try String.fetchAll($0, sql: "SELECT DISTINCT member FROM devices") }
            .compactMap { MemberID($0) }
    }

    func prune(seenUntil limit: Instant) throws {
        try store.database.write { database in
            try database.execute(sql: "DELETE FROM devices WHERE seen <= ?", arguments: [limit.milliseconds])
        }
    }

    /// The number of devices that pruning would drop.
    package func count(seenUntil limit: Instant) throws -> Int {
        try store.database.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM devices WHERE seen <= ?", arguments: [limit.milliseconds]) ?? 0
        }
    }

    /// When the least recently used device was last used.
    package func oldest() throws -> Instant? {
        try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(seen) FROM devices") }
            .map(Instant.init(milliseconds:))
    }

    /// The prefix separates the hashes from those of sessions and links: a device's token cannot be used as one of those.
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
