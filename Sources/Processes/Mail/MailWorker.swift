package import Accounts
package import Events
package import Forum
package import Logging
package import Messaging
package import Projections
import ServiceLifecycle

/// From events to mails: follows the log, notes which mails are due, sends them, and notes in the log what became of each.
///
/// A mail is sent once. Killed, or left by the relay, between the relay's yes and the event that says so, it is sent a second time with the
/// same message id, and never a third.
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
    package let held: QuarantinedMail
    package let clock: Events.Clock
    package let logger: Logger

    private static let batch = 500

    /// - Parameters:
    ///   - sheet: what stands around the words of every mail.
    ///   - sender: the address that mails come from.
    ///   - reports: where delivery reports are wanted; nil for the sender's own address.
    ///   - takesAnswers: whether the site reads the mail that comes to its inboxes.
    ///   - recipientLimit: of mails to one address that forms of strangers ask for; nil for no limit.
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
            notices: NotificationMails(application: application), takesAnswers: takesAnswers,
            recipients: try RecipientLimit(recipientLimit, store: store))
        mailings = Mailings(application: application, outbox: outbox)
        self.mailer = mailer
        held = QuarantinedMail(in: application.files.data)
        clock = application.clock
        self.logger = logger
    }

    /// Until the site stops. What is due then is sent after the next start.
    package func run() async throws {
        if held.through != nil {
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
                // What can wait comes when the views have seen what it asks them for.
                if lane == .bulk { try? await Task.sleep(for: .milliseconds(300)) }
                await work(lane)
            }
            group.cancelAll()
        }
    }

    /// Reads the log to its end and sends everything that is due.
    package func work() async { for lane in Outbox.Lane.allCases { await work(lane) } }

    private func work(_ lane: Outbox.Lane) async {
        do {
            switch lane {
            case .prompt: break
            case .bulk: try await mailings.beginDue()
            }
            // Before anything is sent: what the log says was sent is not sent again.
            try follow()
            let now = clock.now()
            try outbox.pullBack(beyond: now.advanced(seconds: MailWorker.longestPause), to: now)
            try await sendDue(lane)
        } catch {
            logger.error("mails stand still", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Writes the last mail to somebody who is about to be erased. It is tried once, and kept nowhere.
    /// - Returns: what sends it.
    package func lastMail(to member: MemberID) -> @Sendable () async -> Void {
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
            let news = try events.reduce(into: Outbox.News()) { try note($1, in: &$0) }
            try outbox.take(news, from: position, to: last.position, due: clock.now())
        }
    }

    private func note(_ event: RecordedEvent, in news: inout Outbox.News) throws {
        if let known = try MailEvent.decode(event) {
            switch known {
            case .handedOver(let mail), .givenUp(let mail, _), .suppressed(let mail, _): news.settled.append(mail.key)
            case .released, .bounced, .addressRetried: break
            }
        } else if let known = try NewsletterEvent.decode(event) {
            try mailings.note(known, event, in: &news)
        } else {
            news.entries += try due(after: event)
        }
    }
}
