import Crypto
import Events
import Foundation
import GRDB
import Messaging

/// How many mails strangers can make the site send to one address, whichever form they use.
///
/// Counted in `runtime.sqlite` over a sliding window, at the moment of sending: neither a page nor its response time says whether a mail was
/// held back.
struct RecipientLimit: Sendable {
    private let store: RuntimeStore
    /// Nil: no limit.
    private let limit: RateLimit?

    init(_ limit: RateLimit?, store: RuntimeStore) throws {
        self.limit = limit
        self.store = store
        var migrator = DatabaseMigrator()
        migrator.registerMigration("mails by recipient") { database in
            try database.execute(
                sql: """
                    CREATE TABLE mails_to_recipients (
                        position INTEGER NOT NULL,
                        kind TEXT NOT NULL,
                        member TEXT NOT NULL,
                        recipient BLOB NOT NULL,
                        time INTEGER NOT NULL,
                        PRIMARY KEY (position, kind, member)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX mails_of_recipient ON mails_to_recipients (recipient, time);
                    CREATE INDEX mails_to_recipients_by_time ON mails_to_recipients (time);
                    """)
        }
        try migrator.migrate(store.database)
    }

    /// How many mails may go to one address that open no account; the rest of the limit is kept for links that do.
    static func most(_ allowance: MailAllowance, of limit: RateLimit) -> Int {
        switch allowance {
        case .free: .max
        case .wayIn: limit.count
        case .asked: max(1, limit.count - (limit.count + 2) / 3)
        }
    }

    /// Counts the mail, and says whether it may go; one that is tried again counts once.
    func admits(_ entry: Outbox.Entry, to address: MailAddress, _ allowance: MailAllowance, at now: Instant) throws
        -> Bool
    {
        guard let limit, allowance != .free else { return true }
        let most = RecipientLimit.most(allowance, of: limit)
        let recipient = key(of: address)
        let key: StatementArguments = [entry.position, entry.mail.rawValue, entry.member.description]
        return try store.database.write { database in
            // Forgotten as soon as it counts no more: it is a trace of an address.
            try database.execute(
                sql: "DELETE FROM mails_to_recipients WHERE time <= ?",
                arguments: [now.milliseconds - limit.milliseconds])
            let isCounted = try Bool.fetchOne(
                database,
                sql: "SELECT 1 FROM mails_to_recipients WHERE position = ? AND kind = ? AND member = ?", arguments: key)
            if isCounted == true { return true }
            let sent = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM mails_to_recipients WHERE recipient = ?", arguments: [recipient])
            guard sent ?? 0 < most else { return false }
            try database.execute(
                sql: "INSERT INTO mails_to_recipients (position, kind, member, recipient, time) VALUES (?, ?, ?, ?, ?)",
                arguments: key + [recipient, now.milliseconds])
            return true
        }
    }

    /// Forgets that anything was sent about a member, as when the account is erased.
    func forget(_ member: MemberID) throws {
        try store.database.write { database in
            try database.execute(
                sql: "DELETE FROM mails_to_recipients WHERE member = ?", arguments: [member.description])
        }
    }

    /// The same for every spelling that reaches one mailbox: case, Unicode form and punycode are folded, dots and plus signs are not.
    private func key(of address: MailAddress) -> Data {
        let local = address.localPart.precomposedStringWithCompatibilityMapping.lowercased()
        let words = Data("recipient:\(local)@\(address.domain)".utf8)
        return Data(HMAC<SHA256>.authenticationCode(for: words, using: store.formKey))
    }
}
