package import Accounts
import Events
import GRDB

/// Maps sessions to the sign-ins that began them, so that the end is recorded in the same stream of the log.
package struct SignInRecords: Sendable {
    package let store: RuntimeStore

    package init(store: RuntimeStore) throws {
        self.store = store
        var migrator = DatabaseMigrator()
        migrator.registerMigration("sign-ins of sessions") { database in
            try database.execute(
                sql: """
                    CREATE TABLE session_sign_ins (
                        session INTEGER NOT NULL PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
                        sign_in TEXT NOT NULL
                    ) STRICT
                    """)
        }
        try migrator.migrate(store.database)
    }

    package func note(_ signIn: SignInID, of session: Session.ID) throws {
        try store.database.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO session_sign_ins (session, sign_in) VALUES (?, ?)",
                arguments: [session, signIn.description])
        }
    }

    /// Ends the sessions that are over, and records each sign-out.
    func expireSessions(
        of sessions: Sessions, over limits: SessionLimits, at now: Instant, in accounts: Accounts
    ) async throws {
        // Crash window: recorded before the sessions end; after a crash they are found again, and recording twice changes nothing.
        for signIn in try those(over: limits) {
            try await accounts.recordSignOut(signIn, .expired, command: CommandID(at: now))
        }
        try sessions.prune(over: limits)
    }

    private func those(over limits: SessionLimits) throws -> [SignInID] {
        try store.database.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT sign_in FROM session_sign_ins JOIN sessions ON id = session WHERE seen <= ? OR created <= ?
                    """,
                arguments: [limits.seen.milliseconds, limits.begun.milliseconds])
        }
        .compactMap(SignInID.init)
    }

    package func signIn(of session: Session.ID) throws -> SignInID? {
        try store.database.read { database in
            try String.fetchOne(
                database, sql: "SELECT sign_in FROM session_sign_ins WHERE session = ?", arguments: [session])
        }
        .flatMap(SignInID.init)
    }
}
