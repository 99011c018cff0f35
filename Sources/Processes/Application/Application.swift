package import Accounts
package import Events
package import Forum
import Foundation
package import Logging
package import Messaging
package import Projections

/// An opened site: the log, the domains that write to it, and the views. Everything is wired here.
package struct Application: Sendable {
    package let files: LogFiles
    package let clock: Events.Clock
    package let log: EventLog
    package let accounts: Accounts
    package let forum: Forum
    package let messaging: Messaging
    package let views: Views
    package let reading: ReadingStore

    /// The caller holds the lock of the data directory.
    /// - Parameter serving: whether the site serves its members: then it keeps what they read, and imports once what earlier programs kept
    ///   in the log.
    /// - Throws: `LogUnusable`, `ProjectionFailure`, `ReadingUnusable`.
    package init(
        _ files: LogFiles, clock: Events.Clock, hasher: PasswordHasher = PasswordHasher(),
        logger: Logger = .standardError, serving: Bool = false,
        progress: @escaping ProgressReport = { _ in }
    ) throws {
        self.files = files
        self.clock = clock
        log = try EventLog(files, holds: Accounts.holdCheck)
        accounts = Accounts(log: log, hasher: hasher, clock: clock)
        forum = Forum(log: log, clock: clock)
        messaging = Messaging(log: log, clock: clock, reportedText: Application.reportedTexts(in: forum))
        views = try Views(of: log, in: files.data, logger: logger, progress: progress)
        reading =
            serving
            ? try Application.serving(files, log, accounts, at: clock.now(), logger)
            : try ReadingStore(reading: files.reading, keys: log.memberKeys, logger: logger)
        log.rotate(with: reading.wrappedKeys)
    }

    /// The same log with the views of an earlier time, for reading only: nothing may be written through it.
    package init(showing past: PastViews, of present: Application) {
        files = present.files
        clock = Clock { past.about.time }
        log = present.log
        accounts = Accounts(
            log: log, hasher: PasswordHasher(), clock: clock, textsThrough: past.about.position)
        forum = Forum(log: log, clock: clock)
        messaging = Messaging(log: log, clock: clock, reportedText: Application.reportedTexts(in: forum))
        views = Views(of: past)
        reading = ReadingStore()
    }

    /// Waits at most two seconds for the views to include everything written so far.
    package func waitForViews() async { _ = await views.waitUntil(position: log.head) }

    /// Closes the files; everything appended is durable already.
    package func close() async {
        reading.close()
        views.close()
        await log.close()
    }
}
