import Accounts
import Events
import GRDB
import Messaging
import Projections

/// Asks for the mails that tell moderators and administrators about waiting reports: one for the first report, and the next only when
/// `pause` has passed and a newer report has come.
struct ReportMails: Sendable {
    private let application: Application
    private let store: RuntimeStore

    /// In seconds; short enough for several reminders a day, within the policy's time for an answer.
    static let pause = 4.0 * 3600

    init(application: Application, store: RuntimeStore) throws {
        self.application = application
        self.store = store
        var migrator = DatabaseMigrator()
        migrator.registerMigration("report mails") { database in
            try database.execute(
                sql: "CREATE TABLE report_mails (member TEXT NOT NULL PRIMARY KEY, told INTEGER NOT NULL) STRICT")
        }
        try migrator.migrate(store.database)
    }

    /// Lost times, as when the runtime file is deleted, cause one extra mail per recipient.
    func tell() async throws {
        let now = application.clock.now()
        let (waiting, reached) = try application.views.read { snapshot in
            let handlers = try snapshot.members.all(with: CaseMatter.report.handlers)
            let waiting = try handlers.sorted().compactMap { member in
                try snapshot.reports.newest(for: member).map { (member: member, newest: $0) }
            }
            return (waiting, try snapshot.position)
        }
        for (member, newest) in waiting where try isDue(member, newest, at: now) {
            try await application.messaging.askForMail(.reports, about: reached, to: member, at: newest)
            try await store.database.write { database in
                try database.execute(
                    sql: "INSERT INTO report_mails VALUES (?1, ?2) ON CONFLICT DO UPDATE SET told = ?2",
                    arguments: [member.description, now.milliseconds])
            }
        }
    }

    private func isDue(_ member: MemberID, _ newest: Instant, at now: Instant) throws -> Bool {
        let told = try store.database.read { database in
            try Int64.fetchOne(
                database, sql: "SELECT told FROM report_mails WHERE member = ?", arguments: [member.description]
            ).map(Instant.init(milliseconds:))
        }
        guard let told else { return true }
        return newest > told && now >= told.advanced(seconds: ReportMails.pause)
    }
}
