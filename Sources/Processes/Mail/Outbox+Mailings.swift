package import Events
package import GRDB

/// One issue of the newsletter on its way, whose recipients are written into the outbox bit by bit.
package struct Mailing: Hashable, Sendable {
    /// Of the event that began it.
    package let position: Int
    /// Up to which member they are in the outbox.
    package let cursor: MemberID?
    /// Whether all of them have been.
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

    /// Writes the next recipients into the outbox, and how far that is.
    /// - Parameter cursor: nil when there are no more.
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

    /// Nothing of it is sent any more.
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
