import Accounts
import Events
import Logging
import Messaging
import Projections
import ServiceLifecycle

/// From events to mails: follows the log, notes which mails are due, and sends them until they are taken.
///
/// A mail is sent at least once: killed between the relay's yes and the note of it, it goes out again with the same message id.
struct MailDesk: Service {
    private let log: EventLog
    private let accounts: Accounts
    private let views: Views
    private let messaging: Messaging
    private let outbox: Outbox
    let writer: MailWriter
    private let mailer: Mailer
    private let held: HeldMail
    private let clock: Events.Clock
    private let logger: Logger

    private static let batch = 500

    /// - Parameters:
    ///   - sender: the address that mails come from.
    ///   - takesAnswers: whether the site reads the mail that comes to its inboxes.
    init(
        community: Community, site: Site, mailer: Mailer, sender: MailAddress, takesAnswers: Bool = false
    ) throws {
        log = community.log
        accounts = community.accounts
        views = community.views
        messaging = community.messaging
        outbox = try Outbox(store: site.runtime, head: community.log.head)
        writer = MailWriter(
            accounts: community.accounts, messaging: community.messaging, tokens: OneTimeTokens(store: site.runtime),
            sheet: MailSheet(siteName: site.name, controller: site.controller, baseURL: site.baseURL),
            sender: MailSender(site.name, sender), messageKey: site.runtime.formKey,
            notices: NoticeMails(community: community), takesAnswers: takesAnswers)
        self.mailer = mailer
        held = HeldMail(in: community.files.data)
        clock = site.clock
        logger = site.logger
    }

    /// Until the site stops. What is due then is sent after the next start.
    func run() async throws {
        if held.through != nil {
            logger.warning("mail from before a restore waits; 'mikroforetag mail release' lets it go")
        }
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                group.addTask { for await _ in log.heads() { signal.yield() } }
                group.addTask {
                    while (try? await Task.sleep(for: .seconds(20))) != nil { signal.yield() }
                    signal.finish()
                }
                for await _ in signals { await work() }
                group.cancelAll()
            }
        }
    }

    /// Reads the log to its end and sends everything that is due.
    func work() async {
        do {
            try follow()
            try await sendDue()
        } catch {
            logger.error("mails stand still", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Writes the last mail to somebody who is about to be erased. It is tried once, and kept nowhere.
    /// - Returns: what sends it.
    func lastMail(to member: MemberID) -> @Sendable () async -> Void {
        let entry = Outbox.Entry(position: log.head, mail: .purged, member: member)
        guard let mail = try? writer.write(entry, asked: clock.now(), now: clock.now()) else { return {} }
        return { [mailer, logger] in
            do { try await mailer.send(mail) } catch {
                logger.notice("a last mail was not taken", metadata: ["kind": "\(type(of: error))"])
            }
        }
    }

    private func follow() throws {
        while true {
            let position = try outbox.position
            let events = try log.events(after: position, limit: MailDesk.batch)
            guard let last = events.last else { return }
            let entries = try events.flatMap(due)
            try outbox.add(entries, readTo: last.position, due: clock.now())
        }
    }

    /// The mails that an event asks for.
    private func due(after event: RecordedEvent) throws -> [Outbox.Entry] {
        if let member: MemberID = event.stream.id(), let known = try AccountEvent.decode(event) {
            return SiteMail.due(after: known).map {
                Outbox.Entry(position: event.position, mail: $0, member: member)
            }
        }
        let announcements = try Outbox.Entry.toEveryMember(after: event, views)
        guard announcements.isEmpty else { return announcements }
        if let id: CaseID = event.stream.id(), let known = try CaseEvent.decode(event) {
            // Erased meanwhile: nobody is told any more.
            guard let file = try messaging.record(id)?.file else { return [] }
            return SiteMail.due(after: known, in: file).map {
                Outbox.Entry(position: event.position, mail: $0.mail, to: $0.party, in: file)
            }
        }
        if let notice = try NoticeEvent.decode(event), let mail = SiteMail.due(after: notice) {
            return [Outbox.Entry(position: event.position, mail: mail, member: notice.member)]
        }
        guard let known = try CorrectionEvent.decode(event) else { return [] }
        let mails = SiteMail.due(after: known)
        guard !mails.isEmpty, let member = try accounts.correction(at: event.position)?.correction?.member else {
            return []
        }
        return mails.map { Outbox.Entry(position: event.position, mail: $0, member: member) }
    }

    private func sendDue() async throws {
        for entry in try outbox.due(at: clock.now(), after: held.through) {
            guard !Task.isCancelled else { return }
            guard try await send(entry) else { return }
        }
    }

    /// - Returns: false when the relay does not answer, so that the rest need not wait for it one by one.
    private func send(_ entry: Outbox.Entry) async throws -> Bool {
        let about: Logger.Metadata = ["mail": "\(entry.mail.rawValue)", "position": "\(entry.position)"]
        do {
            let asked = try log.events(after: entry.position - 1, limit: 1).first?.time
            if let asked, let mail = try writer.write(entry, asked: asked, now: clock.now()) {
                try await mailer.send(mail)
                logger.info("mail sent", metadata: about)
            }
            try outbox.remove(entry)
        } catch MailFailure.refused(let reply) {
            logger.warning("mail refused by the relay", metadata: about.merging(["reply": "\(reply)"]) { $1 })
            try outbox.remove(entry)
        } catch {
            try retry(entry, after: error, about)
            if case .notNow(code: _, reply: 0)? = error as? MailFailure { return false }
        }
        return true
    }

    private func retry(_ entry: Outbox.Entry, after error: any Error, _ about: Logger.Metadata) throws {
        let reason: Logger.Metadata = ["reason": "\(error is MailFailure ? "\(error)" : "\(type(of: error))")"]
        guard let pause = MailDesk.pause(after: entry.attempts + 1) else {
            logger.error("mail given up", metadata: about.merging(reason) { $1 })
            return try outbox.remove(entry)
        }
        logger.warning("mail not sent yet", metadata: about.merging(reason) { $1 })
        try outbox.postpone(entry, until: clock.now().advanced(seconds: pause))
    }

    /// In seconds: soon at first, then every six hours; nil after some four days.
    static func pause(after attempts: Int) -> Double? {
        let first: [Double] = [60, 300, 900, 3600, 10_800]
        switch attempts {
        case ...first.count: return first[max(0, attempts - 1)]
        case ...20: return 21_600
        default: return nil
        }
    }
}
