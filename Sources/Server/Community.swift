import Accounts
import Events
import Forum
import Foundation
import Logging
import Messaging
import Projections

/// An opened site: the log, the domains that write to it, and the views. Everything is wired here.
struct Community: Sendable {
    let files: LogFiles
    let clock: Events.Clock
    let log: EventLog
    let accounts: Accounts
    let forum: Forum
    let messaging: Messaging
    let views: Views
    let lastMail = LastMail()
    let sideRecords = SideRecords()
    let pastSites = PastSites()

    /// The caller holds the lock of the data directory.
    /// - Throws: `LogUnusable`, `ProjectionFailure`.
    init(
        _ files: LogFiles, clock: Events.Clock, hasher: PasswordHasher = PasswordHasher(),
        logger: Logger = .standardError,
        progress: @escaping ProgressReport = { _ in }
    ) throws {
        self.files = files
        self.clock = clock
        log = try EventLog(files)
        accounts = Accounts(log: log, hasher: hasher, clock: clock)
        forum = Forum(log: log, clock: clock)
        messaging = Messaging(log: log, clock: clock, reportedText: Community.reportedTexts(in: forum))
        views = try Views(of: log, in: files.data, logger: logger, progress: progress)
    }

    /// The same log, with the pages as they were at an earlier time. Nothing is to be written through it.
    init(showing past: PastViews, of present: Community) {
        files = present.files
        clock = Clock { past.about.time }
        log = present.log
        accounts = Accounts(
            log: log, hasher: PasswordHasher(), clock: clock, textsThrough: past.about.position)
        forum = Forum(log: log, clock: clock)
        messaging = Messaging(log: log, clock: clock, reportedText: Community.reportedTexts(in: forum))
        views = Views(of: past)
    }

    /// Waits, two seconds at most, until the views show what has been written so far.
    func settle() async { _ = await views.reach(log.head) }

    var retention: RetentionEngine {
        RetentionEngine(
            accounts: accounts, messaging: messaging, log: log, views: views, clock: clock, lastMail: lastMail,
            textsTellingTheAuthor: textsTellingTheAuthor)
    }

    /// Brings every version into force whose day has begun, and builds the views anew where it lets something else be seen of members.
    func bringVersionsIntoForce(progress: @escaping ProgressReport = { _ in }) async throws {
        try await accounts.bringVersionsIntoForce()
        try await views.followRules(progress: progress)
    }

    /// Ends the holding of everything whose time is out, wherever it is held.
    func endWhatIsDue() async throws -> RetentionRun {
        let beside = try await SideRetention(community: self).run()
        var run = try await retention.run()
        run.beside = beside
        return run
    }

    /// Lets go of the files; everything appended is durable already.
    func close() async {
        views.close()
        await log.close()
    }
}
