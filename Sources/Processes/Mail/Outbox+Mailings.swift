package import Events
package import GRDB

/// A newsletter issue being sent, whose recipients are added to the outbox in batches.
package struct Mailing: Hashable, Sendable {
    /// The position of the event that began it.
    package let position: Int
    /// The last member whose entry is in the outbox.
    package let cursor: MemberID?
    /// Whether all recipients have been added.
    package let isWritten: Bool
}

extension Outbox {
    func mailings() throws -> [Mailing] {
        try store.database.read { try Row.fetchAll($0, sql: "SELECT * FROM mailings ORDER BY position") }
            .map { row in
                Mailing(
                    position: row["position"],
                    cursor: (row["cursor"] as Int64?).map { MemberID(rawValue: UInt64(bitPattern: $0)) },
                    isWritten: row["isWritten"])
            }
    }

    package func begin(mailing position: Int) throws {
        try store.database.write { try Outbox.begin(mailing: position, in: $0) }
    }

    /// Adds the next recipients to the outbox and stores the cursor.
    /// - Parameter cursor: nil if there are no more.
    package func extend(_ mailing: Mailing, with members: [MemberID], through cursor: MemberID?, due: Instant) throws {
        try store.database.write { database in
            for member in members {
                let entry = Entry(position: mailing.position, mail: .newsletter, member: member)
                try Outbox.add(entry, due: due, in: database)
            }
            let column = (cursor ?? mailing.cursor).map { Int64(bitPattern: $0.rawValue) }
            try database.execute(
                sql: "UPDATE mailings SET cursor = ?, isWritten = ? WHERE position = ?",
                arguments: [column, cursor == nil, mailing.position])
        }
    }

    /// Removes the mailing and its waiting mails, so that nothing more of it is sent.
    package func end(mailing position: Int) throws {
        try store.database.write { try Outbox.end(mailing: position, in: $0) }
    }

    package static func begin(mailing position: Int, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO mailings (position) VALUES (?) ON CONFLICT DO NOTHING", arguments: [position])
    }

    package static func end(mailing position: Int, in database: Database) throws {
        try database.execute(sql: "DELETE FROM mailings WHERE position = ?", arguments: [position])
        try database.execute(sql: "DELETE FROM mails WHERE position = ?", arguments: [position])
    }
}
