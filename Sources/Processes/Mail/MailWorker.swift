package import Accounts
package import Events
package import Forum
package import Logging
package import Messaging
package import Projections
import ServiceLifecycle

/// Follows the log, records which mails are due in the outbox, sends them, and appends the outcome of each to the log.
///
/// A mail is sent once. Crash window: after a crash or a lost connection between the relay's acceptance and the event that records it, the
/// mail is sent a second time with the same message id, and never a third.
package struct MailWorker: Service {
    package let log: EventLog
    package let accounts: Accounts
    package let views: Views
    package let messaging: Messaging
    package let forum: Forum
    package let outbox: Outbox
    let writer: MailWriter
    let mailings: Mailings
    package let mailer: Mailer
    package let quarantined: QuarantinedMail
    package let clock: Events.Clock
    package let logger: Logger

    private static let batch = 500

    /// - Parameters:
    ///   - sheet: renders what surrounds the text of every mail.
    ///   - sender: the address that mails are sent from.
    ///   - reports: the address for delivery reports; nil for the sender's own address.
    ///   - takesAnswers: whether the site reads the mail to its inboxes.
    ///   - recipientLimit: limits mails to one address that strangers' forms ask for; nil for no limit.
    package init(
        application: Application, store: RuntimeStore, sheet: MailSheet, mailer: Mailer, sender: MailAddress,
        reports: MailAddress? = nil, takesAnswers: Bool = false, recipientLimit: RateLimit? = nil, logger: Logger
    ) throws {
        log = application.log
        accounts = application.accounts
        views = application.views
        messaging = application.messaging
        forum = application.forum
        outbox = try Outbox(store: store, head: application.log.head)
        writer = MailWriter(
            accounts: application.accounts, messaging: application.messaging, forum: application.forum,
            log: application.log,
            tokens: OneTimeTokens(store: store),
            sheet: sheet,
            sender: MailSender(sheet.siteName, sender), messageKey: store.formKey,
            unsubscribing: UnsubscribeTokens(log: application.log),
            returnPaths: reports.map { ReturnPaths($0, log: application.log) },
            notificationMails: NotificationMails(application: application), takesAnswers: takesAnswers,
            recipients: try RecipientLimit(recipientLimit, store: store))
        mailings = Mailings(application: application, outbox: outbox)
        self.mailer = mailer
        quarantined = QuarantinedMail(in: application.files.data)
        clock = application.clock
        self.logger = logger
    }

    /// Runs until the site stops; mail due by then is sent after the next start.
    package func run() async throws {
        if quarantined.through != nil {
            logger.warning("mail from before a restore waits; '/admin/mejl' or 'mikroforetag mail release' lets it go")
        }
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                for lane in Outbox.Lane.allCases { group.addTask { await keepWorking(lane) } }
            }
        }
    }

    private func keepWorking(_ lane: Outbox.Lane) async {
        await withTaskGroup { group in
            let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            group.addTask { for await _ in log.heads() { signal.yield() } }
            group.addTask {
                while (try? await Task.sleep(for: .seconds(20))) != nil { signal.yield() }
                signal.finish()
            }
            for await _ in signals {
                // Bulk mail needs views that include the event that asked for it.
                if lane == .bulk { try? await Task.sleep(for: .milliseconds(300)) }
                await work(lane)
            }
            group.cancelAll()
        }
    }

    /// Reads the log to its end and sends all mail that is due.
    package func work() async { for lane in Outbox.Lane.allCases { await work(lane) } }

    private func work(_ lane: Outbox.Lane) async {
        do {
            switch lane {
            case .prompt: break
            case .bulk: try await mailings.beginDue()
            }
            // Before sending: mail that the log records as sent must not be sent again.
            try follow()
            let now = clock.now()
            try outbox.pullBack(beyond: now.advanced(seconds: MailWorker.longestPause), to: now)
            try await sendDue(lane)
        } catch {
            logger.error("mails stand still", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Writes the final mail to a member who is about to be erased; it is tried once and not stored.
    /// - Returns: a closure that sends the mail.
    package func erasureConfirmation(to member: MemberID) -> @Sendable () async -> Void {
        let entry = Outbox.Entry(position: log.head, mail: .purged, member: member)
        let now = clock.now()
        guard let mail = try? writer.write(entry, asked: now, now: now) else { return {} }
        let sent = SentMail(entry.key, address: mail.address, checked: entry.position, attempts: 1)
        return { [mailer, logger, messaging] in
            do {
                try await mailer.send(mail)
                try await messaging.record([.handedOver(sent)])
            } catch {
                logger.notice("a last mail was not taken", metadata: ["kind": "\(type(of: error))"])
                let failure = Outbox.Entry.Failure(error)
                let end = GivingUp(.exhausted, code: failure?.code, reply: failure?.reply)
                try? await messaging.record([.givenUp(sent, end)])
            }
        }
    }

    package func follow() throws {
        while true {
            let position = try outbox.position
            let events = try log.events(after: position, limit: MailWorker.batch)
            guard let last = events.last else { return }
            let changes = try events.reduce(into: Outbox.Changes()) { try note($1, in: &$0) }
            try outbox.take(changes, from: position, to: last.position, due: clock.now())
        }
    }

    private func note(_ event: RecordedEvent, in changes: inout Outbox.Changes) throws {
        if let known = try MailEvent.decode(event) {
            switch known {
            case .handedOver(let mail), .givenUp(let mail, _), .suppressed(let mail, _):
                changes.completed.append(mail.key)
            case .released, .bounced, .addressRetried: break
            }
        } else if let known = try NewsletterEvent.decode(event) {
            try mailings.note(known, event, in: &changes)
        } else {
            changes.entries += try due(after: event)
        }
    }
}
