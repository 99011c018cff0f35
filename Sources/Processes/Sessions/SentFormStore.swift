package import Events
package import Foundation
import GRDB

/// The forms that had an effect, as keyed digests in `runtime.sqlite`, so that a form sent again gets the same answer.
package struct SentFormStore: Sendable {
    package struct Row: Sendable {
        /// Keyed digests of the command, of the possible senders, and of everything typed.
        package let command: Data
        package let senders: [Data]
        package let content: Data
        /// Where the answer redirected to, sealed under a key derived from the form's command id.
        package let place: Data

        package init(command: Data, senders: [Data], content: Data, place: Data) {
            self.command = command
            self.senders = senders
            self.content = content
            self.place = place
        }
    }

    /// In milliseconds: the maximum lifetime of a session, and so of a form's token.
    private static let lifetime: Int64 = 90 * 86_400_000
    private static let digestSize = 32

    private let store: RuntimeStore

    package init(store: RuntimeStore) { self.store = store }

    package func form(_ command: Data, at now: Instant) async throws -> Row? {
        try await store.database.read { database in
            let row = try GRDB.Row.fetchOne(
                database, sql: "SELECT sender, content, place FROM sent_forms WHERE command = ? AND sent > ?",
                arguments: [command, now.milliseconds - SentFormStore.lifetime])
            guard let row else { return nil }
            let senders = row["sender"] as Data
            let starts = stride(from: 0, to: senders.count, by: SentFormStore.digestSize)
            return Row(
                command: command, senders: starts.map { Data(senders[$0..<$0 + SentFormStore.digestSize]) },
                content: row["content"], place: row["place"])
        }
    }

    package func remember(_ row: Row, at now: Instant) async throws {
        try await store.database.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO sent_forms (command, sender, content, place, sent) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    row.command, row.senders.reduce(Data(), +), row.content, row.place, now.milliseconds,
                ])
        }
    }

    package func prune(at now: Instant) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM sent_forms WHERE sent <= ?", arguments: [now.milliseconds - SentFormStore.lifetime])
        }
    }
}
