import Crypto
import Events
import Foundation
import GRDB
import Messaging

/// How many mails strangers can make the site send to one address, whichever form they use.
///
/// Counted in `runtime.sqlite` over a sliding window, at the moment of sending: neither a page nor its response time says whether a mail
/// was held back.
struct RecipientLimit: Sendable {
    private let store: RuntimeStore
    /// Nil: only receipts are limited.
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

    /// The mails to one address that the allowance permits; the rest of the limit is reserved for links that give access to an account.
    static func most(_ allowance: MailAllowance, of limit: RateLimit) -> Int {
        switch allowance {
        case .free: .max
        case .wayIn: limit.count
        case .asked, .askedByStranger: max(1, limit.count - (limit.count + 2) / 3)
        }
    }

    /// Maximum number of receipts to one address per hour, regardless of the limit: ends a mail loop with an automatic responder.
    static let mostReceipts = 3
    private static let hour: Int64 = 3_600_000

    /// Counts the mail and returns whether it may be sent; repeated attempts count once.
    func admits(_ entry: Outbox.Entry, to address: MailAddress, _ allowance: MailAllowance, at now: Instant) throws
        -> Bool
    {
        guard allowance != .free, limit != nil || entry.mail.isReceipt else { return true }
        let window = max(limit?.milliseconds ?? 0, RecipientLimit.hour)
        let recipient = key(of: address)
        let key: StatementArguments = [entry.position, entry.mail.rawValue, entry.member.description]
        return try store.database.write { database in
            // Rows are deleted once they no longer count, because they are traces of an address.
            try database.execute(
                sql: "DELETE FROM mails_to_recipients WHERE time <= ?", arguments: [now.milliseconds - window])
            let isCounted = try Bool.fetchOne(
                database,
                sql: "SELECT 1 FROM mails_to_recipients WHERE position = ? AND kind = ? AND member = ?", arguments: key)
            if isCounted == true { return true }
            guard try hasRoom(for: entry.mail, recipient, allowance, at: now, in: database) else { return false }
            try database.execute(
                sql: "INSERT INTO mails_to_recipients (position, kind, member, recipient, time) VALUES (?, ?, ?, ?, ?)",
                arguments: key + [recipient, now.milliseconds])
            return true
        }
    }

    private func hasRoom(
        for mail: SiteMail, _ recipient: Data, _ allowance: MailAllowance, at now: Instant, in database: Database
    ) throws -> Bool {
        let sent = try Row.fetchAll(
            database, sql: "SELECT kind, time FROM mails_to_recipients WHERE recipient = ?", arguments: [recipient])
        func count(within milliseconds: Int64, _ counts: (SiteMail) -> Bool) -> Int {
            sent.count { row in
                (row["time"] as Int64) > now.milliseconds - milliseconds
                    && SiteMail(rawValue: row["kind"]).map(counts) ?? false
            }
        }
        if let limit, count(within: limit.milliseconds, { _ in true }) >= RecipientLimit.most(allowance, of: limit) {
            return false
        }
        return !mail.isReceipt || count(within: RecipientLimit.hour, \.isReceipt) < RecipientLimit.mostReceipts
    }

    /// Deletes all rows about a member, as when the account is erased.
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

extension SiteMail {
    /// Sent automatically in answer to a mail or form.
    fileprivate var isReceipt: Bool { [.caseReceipt, .caseTrouble].contains(self) }
}
