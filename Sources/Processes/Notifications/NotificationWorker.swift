package import Accounts
import Events
import GRDB
package import Logging
package import Messaging
package import Projections
import ServiceLifecycle

/// Asks for the mails that notify members of news: at once, or once a day for all of it, as each has chosen (P-15.1).
///
/// It reads the notifications from the views and appends an event for each mail, which `MailWorker` then writes and sends.
/// Crash window: killed between asking and storing its position, it asks again, which adds nothing.
package struct NotificationWorker: Service {
    private let application: Application
    private let store: RuntimeStore
    private let logger: Logger
    private let reports: ReportMails

    /// The hour in Stockholm from which the daily mails are asked for.
    static let digestHour = 7
    /// In seconds: older news is not mailed, so that a restart after a long outage does not flood members.
    private static let oldest = 3.0 * 86_400

    /// A new worker starts at the log's head, so that nothing old is mailed.
    package init(application: Application, store: RuntimeStore, logger: Logger) throws {
        self.application = application
        self.store = store
        self.logger = logger
        reports = try ReportMails(application: application, store: store)
        var migrator = DatabaseMigrator()
        migrator.registerMigration("notice mails") { database in
            try database.execute(
                sql: """
                    CREATE TABLE notice_mails (
                        only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
                        position INTEGER NOT NULL,
                        digest TEXT NOT NULL
                    ) STRICT;
                    """)
        }
        try migrator.migrate(store.database)
        try store.database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO notice_mails VALUES (1, ?1, '')
                    ON CONFLICT DO UPDATE SET position = ?1 WHERE position > ?1
                    """, arguments: [application.log.head])
        }
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                group.addTask { [application] in for await _ in application.log.heads() { signal.yield() } }
                group.addTask {
                    while (try? await Task.sleep(for: .seconds(60))) != nil { signal.yield() }
                    signal.finish()
                }
                for await _ in signals {
                    await work()
                    // Collects events that follow closely into one round.
                    guard (try? await Task.sleep(for: .seconds(1))) != nil else { break }
                }
                group.cancelAll()
            }
        }
    }

    /// Asks for everything that is due now.
    package func work() async {
        do {
            await application.waitForViews()
            try await tell()
            try await digest()
            try await reports.tell()
        } catch  where !(error is CancellationError) {
            logger.error("notices by mail stand still", metadata: ["kind": "\(type(of: error))"])
        } catch {}
    }

    private func tell() async throws {
        let told = try told()
        let (news, reached) = try application.views.read { snapshot in
            let reached = try snapshot.position
            return (
                try snapshot.pendingNotifications.after(told, through: reached) {
                    try application.readMarkers(of: $0)
                }, reached
            )
        }
        guard reached > told else { return }
        let now = application.clock.now()
        for piece in news where piece.time.advanced(seconds: NotificationWorker.oldest) > now {
            guard let mail = piece.mail, let kind = mail.kind,
                try application.accounts.mailPace(of: kind, for: piece.member) == .atOnce
            else { continue }
            try await application.messaging.askForMail(mail, about: piece.position, to: piece.member, at: piece.time)
        }
        try note(told: reached)
    }

    private func told() throws -> Int {
        try store.database.read { try Int.fetchOne($0, sql: "SELECT position FROM notice_mails") ?? 0 }
    }

    /// Stores the position up to which all notifications have been handled.
    package func note(told position: Int) throws {
        try store.database.write {
            try $0.execute(sql: "UPDATE notice_mails SET position = ?", arguments: [position])
        }
    }

    private func lastDigest() throws -> String {
        try store.database.read { try String.fetchOne($0, sql: "SELECT digest FROM notice_mails") ?? "" }
    }

    private func note(digestOf day: CalendarDate) throws {
        try store.database.write {
            try $0.execute(sql: "UPDATE notice_mails SET digest = ?", arguments: [day.description])
        }
    }

    /// Asks for the daily mails once per day, at `digestHour` or later; a site that was down at that hour catches up when it runs.
    private func digest() async throws {
        let now = application.clock.now()
        let day = now.stockholmDate
        guard now >= day.startInStockholm.advanced(seconds: Double(NotificationWorker.digestHour) * 3600) else {
            return
        }
        guard try lastDigest() != day.description else { return }
        let since = try application.log.position(at: now.advanced(seconds: -2 * 86_400))
        let (members, reached) = try application.views.read { snapshot in
            (try snapshot.pendingNotifications.members(after: since), try snapshot.position)
        }
        for member in members where try hasDailyNews(member, through: reached) {
            try await application.messaging.askForDigest(of: day, through: reached, to: member)
        }
        try note(digestOf: day)
    }

    private func hasDailyNews(_ member: MemberID, through position: Int) throws -> Bool {
        let digest = Digest(of: member, in: application)
        return try !digest.counts(after: application.messaging.digestThrough(of: member), through: position).isEmpty
    }
}

extension PendingNotifications.Piece {
    /// Nil for notifications shown on the site only.
    fileprivate var mail: NotificationMail? {
        guard let kind else { return .message }
        return kind.mail
    }
}

extension NotificationKind {
    /// Nil for kinds shown on the site only: a decision sends a separate mail.
    package var mail: NotificationMail? {
        switch self {
        case .mention: .mention
        case .quote: .quote
        case .reply: .reply
        case .watchedThread, .watchedCategory: .watched
        case .postRemoved, .postReinstated, .postErased, .threadClosed, .threadReopened, .threadMoved,
            .threadRetitled, .titleErased, .opened, .reportsWaiting, .caseWaits:
            nil
        }
    }
}

extension NotificationMail {
    /// The member's choice that the mail depends on; nil for mail that belongs to a role (P-18.2).
    package var kind: MailKind? {
        switch self {
        case .message: .privateMessage
        case .reply: .reply
        case .mention: .mention
        case .quote: .quote
        case .watched: .watched
        case .reports: nil
        }
    }
}

/// Counts the unread news that a member gets once a day.
struct Digest: Sendable {
    let member: MemberID
    let application: Application

    init(of member: MemberID, in application: Application) {
        self.member = member
        self.application = application
    }

    /// Uses the current choices: news from before a no is not mailed (P-15.1).
    func counts(after position: Int, through last: Int) throws -> [NotificationMail: Int] {
        let daily = try Set(
            NotificationMail.allCases.filter {
                try $0.kind.map { try application.accounts.mailPace(of: $0, for: member) } == .daily
            })
        guard !daily.isEmpty else { return [:] }
        let read = try application.readMarkers(of: member)
        let (messages, notifications) = try application.views.read { snapshot in
            (
                try snapshot.pendingNotifications.messages(
                    of: member, after: position, through: last, having: read),
                try snapshot.pendingNotifications.counts(of: member, after: position, through: last, having: read)
            )
        }
        var counts = [NotificationMail.message: messages]
        for (kind, count) in notifications {
            if let mail = kind.mail { counts[mail, default: 0] += count }
        }
        return counts.filter { daily.contains($0.key) && $0.value > 0 }
    }
}
