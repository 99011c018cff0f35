package import Events
import Foundation
import GRDB
import Synchronization

/// The sessions of all signed-in members.
///
/// Looked up for every response, so sessions in use are cached; ending one removes it from store and cache before returning.
package final class Sessions: Sendable {
    private let store: RuntimeStore
    private let cache = Mutex<[Data: Session]>([:])
    private let capacity: Int
    private let limits: @Sendable (Instant) -> SessionLimits

    /// - Parameter limits: the limits of the policy in force.
    package init(
        store: RuntimeStore, capacity: Int = 20_000,
        limits: @escaping @Sendable (Instant) -> SessionLimits = { SessionLimits(at: $0, nil) }
    ) {
        self.store = store
        self.capacity = capacity
        self.limits = limits
    }

    /// The cookie's lifetime in seconds for a session used at `now`.
    package func cookieTime(at now: Instant) -> Int {
        Int(max(0, now.milliseconds - limits(now).seen.milliseconds) / 1000)
    }

    /// Signs a member in, always under a new token and never one that the browser sent.
    ///
    /// - Parameter replaced: the browser's previous token, whose session ends.
    package func begin(for member: MemberID, device: String, replacing replaced: SecretToken?, at now: Instant) throws
        -> SecretToken
    {
        let token = SecretToken.random()
        if let replaced { try end(replaced) }
        try store.database.write { database in
            try database.execute(
                sql: "INSERT INTO sessions (hash, member, created, seen, device, visit) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    token.hash, member.description, now.milliseconds, now.milliseconds, device,
                    Int64(bitPattern: VisitID.random().rawValue),
                ])
        }
        return token
    }

    /// The valid session of a token; records that it was used.
    package func find(_ token: SecretToken, at now: Instant) throws -> Session? {
        let hash = token.hash
        let limits = limits(now)
        guard var session = try cache.withLock({ $0[hash] }) ?? load(hash), session.seen > limits.seen,
            session.created > limits.begun
        else { return nil }
        if now.milliseconds - session.seen.milliseconds >= Session.seenStep {
            session.seen = now
            try store.database.write { database in
                try database.execute(
                    sql: "UPDATE sessions SET seen = ? WHERE id = ?", arguments: [now.milliseconds, session.id])
            }
            // Updates only an entry that still exists: the session may have ended in the meantime.
            cache.withLock { if $0[hash] != nil { $0[hash] = session } }
        }
        return session
    }

    /// A member's valid sessions, the most recently used first.
    package func list(of member: MemberID, at now: Instant) throws -> [Session] {
        let limits = limits(now)
        return try store.database.read { database in
            try Session.fetchAll(
                database,
                sql: """
                    SELECT * FROM sessions WHERE member = ? AND seen > ? AND created > ? ORDER BY seen DESC, id DESC
                    """,
                arguments: [member.description, limits.seen.milliseconds, limits.begun.milliseconds])
        }
    }

    /// The members who have a session, valid or not.
    package func members() throws -> [MemberID] {
        try store.database.read { try String.fetchAll($0, sql: "SELECT DISTINCT member FROM sessions") }
            .compactMap { MemberID($0) }
    }

    /// The number of sessions of all members.
    package func count() throws -> Int {
        try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sessions") ?? 0 }
    }

    /// When the least recently used session was last used.
    package func oldest() throws -> Instant? {
        try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(seen) FROM sessions") }
            .map(Instant.init(milliseconds:))
    }

    /// When the oldest session began.
    package func oldestBegun() throws -> Instant? {
        try store.database.read { try Int64.fetchOne($0, sql: "SELECT min(created) FROM sessions") }
            .map(Instant.init(milliseconds:))
    }

    /// Gives a session a new token; the old one becomes invalid.
    /// - Returns: nil if there is no such session.
    package func renew(_ token: SecretToken) throws -> SecretToken? {
        let (old, renewed) = (token.hash, SecretToken.random())
        return try store.database.write { database in
            try database.execute(
                sql: "UPDATE sessions SET hash = ? WHERE hash = ?", arguments: [renewed.hash, old])
            let isRenewed = database.changesCount > 0
            cache.withLock { $0[old] = nil }
            return isRenewed ? renewed : nil
        }
    }

    package func end(_ token: SecretToken) throws {
        try end(where: "hash = ?", [token.hash])
    }

    /// Ends one session of a member; does nothing if it is another member's.
    package func end(_ session: Session.ID, of member: MemberID) throws {
        try end(where: "id = ? AND member = ?", [session, member.description])
    }

    /// Signs the member out everywhere, or everywhere but in one session.
    package func endAll(of member: MemberID, except kept: Session.ID? = nil) throws {
        try end(where: "member = ? AND id IS NOT ?", [member.description, kept])
    }

    package func count(over limits: SessionLimits) throws -> Int {
        try store.database.read {
            try Int.fetchOne(
                $0, sql: "SELECT count(*) FROM sessions WHERE seen <= ? OR created <= ?",
                arguments: [limits.seen.milliseconds, limits.begun.milliseconds]) ?? 0
        }
    }

    /// Deletes the sessions that are over.
    func prune(over limits: SessionLimits) throws {
        try end(where: "seen <= ? OR created <= ?", [limits.seen.milliseconds, limits.begun.milliseconds])
    }

    private func load(_ hash: Data) throws -> Session? {
        // Cached inside the read block on the store's queue: a session that ends concurrently does not return to the cache.
        try store.database.read { database in
            let session = try Session.fetchOne(
                database, sql: "SELECT * FROM sessions WHERE hash = ?", arguments: [hash])
            guard let session else { return nil }
            cache.withLock { cache in
                if cache.count >= capacity { cache.removeAll(keepingCapacity: true) }
                cache[hash] = session
            }
            return session
        }
    }

    private func end(where condition: String, _ arguments: StatementArguments) throws {
        try store.database.write { database in
            let ended = try Data.fetchAll(
                database, sql: "DELETE FROM sessions WHERE \(condition) RETURNING hash", arguments: arguments)
            cache.withLock { cache in
                for hash in ended { cache[hash] = nil }
            }
        }
    }
}
