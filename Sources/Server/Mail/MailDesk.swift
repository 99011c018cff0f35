import Accounts
import Events
import Logging
import Messaging
import Projections
import ServiceLifecycle

/// From events to mails: follows the log, notes which mails are due, sends them, and notes in the log what became of each.
///
/// A mail is sent once. Killed, or left by the relay, between the relay's yes and the event that says so, it is sent a second time with the
/// same message id, and never a third.
struct MailDesk: Service {
    let log: EventLog
    let accounts: Accounts
    let views: Views
    let messaging: Messaging
    let outbox: Outbox
    let writer: MailWriter
    let mailings: Mailings
    private let mailer: Mailer
    private let held: HeldMail
    let clock: Events.Clock
    private let logger: Logger

    private static let batch = 500
    /// How many mails of a lane are on their way at the same time.
    private static let width = 4
    /// How often a mail may have ended in doubt.
    private static let mostDoubts = 2

    /// - Parameters:
    ///   - sender: the address that mails come from.
    ///   - reports: where delivery reports are wanted; nil for the sender's own address.
    ///   - takesAnswers: whether the site reads the mail that comes to its inboxes.
    init(
        community: Community, site: Site, mailer: Mailer, sender: MailAddress, reports: MailAddress? = nil,
        takesAnswers: Bool = false
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
            unsubscribing: UnsubscribeTokens(log: community.log),
            returnPaths: reports.map { ReturnPaths($0, log: community.log) },
            notices: NoticeMails(community: community), takesAnswers: takesAnswers)
        mailings = Mailings(community: community, outbox: outbox)
        self.mailer = mailer
        held = HeldMail(in: community.files.data)
        clock = site.clock
        logger = site.logger
    }

    /// Until the site stops. What is due then is sent after the next start.
    func run() async throws {
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
    func work() async { for lane in Outbox.Lane.allCases { await work(lane) } }

    private func work(_ lane: Outbox.Lane) async {
        do {
            switch lane {
            case .prompt: break
            case .bulk: try await mailings.beginDue()
            }
            // Before anything is sent: what the log says was sent is not sent again.
            try follow()
            try await sendDue(lane)
        } catch {
            logger.error("mails stand still", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Writes the last mail to somebody who is about to be erased. It is tried once, and kept nowhere.
    /// - Returns: what sends it.
    func lastMail(to member: MemberID) -> @Sendable () async -> Void {
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

    func follow() throws {
        while true {
            let position = try outbox.position
            let events = try log.events(after: position, limit: MailDesk.batch)
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

    private func sendDue(_ lane: Outbox.Lane) async throws {
        var isAnswering = false
        while !Task.isCancelled {
            if lane == .prompt { try follow() }
            // The first one finds out whether the relay answers, so that the rest need not wait for it one by one.
            let limit = isAnswering ? MailDesk.width : 1
            let entries = try outbox.due(lane, at: clock.now(), after: held.through, limit: limit)
            guard !entries.isEmpty else {
                guard lane == .bulk, try await mailings.extend(after: held.through) else { return }
                continue
            }
            isAnswering = try await withThrowingTaskGroup(of: Bool.self) { group in
                for entry in entries { group.addTask { try await send(entry) } }
                return try await group.reduce(true) { $0 && $1 }
            }
            guard isAnswering else { return }
        }
    }

    /// - Returns: false when the relay does not answer.
    private func send(_ entry: Outbox.Entry) async throws -> Bool {
        let checked = log.head
        var sent = SentMail(entry.key, address: nil, checked: checked, attempts: entry.attempts + 1)
        guard entry.doubtful < MailDesk.mostDoubts else {
            try await settle(entry, .givenUp(sent, GivingUp(.uncertain, code: entry.failure?.code)))
            return true
        }
        let mail: OutgoingMail
        switch try writer.letter(entry, asked: log.events(after: entry.position - 1, limit: 1).first?.time, clock.now())
        {
        case .suppressed(let reason, let address):
            sent = SentMail(entry.key, address: address, checked: checked, attempts: entry.attempts)
            try await settle(entry, .suppressed(sent, reason))
            return true
        case .mail(let written): mail = written
        }
        sent = SentMail(entry.key, address: mail.address, checked: checked, attempts: entry.attempts + 1)
        // From here on until the event is durable, a killed program finds the attempt in doubt.
        try outbox.begin(entry)
        do {
            try await mailer.send(mail)
        } catch {
            return try await failed(entry, sent, error)
        }
        try await settle(entry, .handedOver(sent))
        return true
    }

    private func settle(_ entry: Outbox.Entry, _ outcome: MailEvent) async throws {
        try await messaging.record([outcome])
        try outbox.remove(entry)
        let about: Logger.Metadata = ["mail": "\(entry.mail.rawValue)", "position": "\(entry.position)"]
        switch outcome {
        case .handedOver: logger.info("mail sent", metadata: about)
        case .givenUp(_, let end):
            let reason: Logger.Metadata = ["reason": "\(end.reason.rawValue)", "reply": "\(end.reply ?? 0)"]
            logger.error("mail given up", metadata: about.merging(reason) { $1 })
        case .suppressed, .released, .bounced, .addressRetried: break
        }
    }

    private func failed(_ entry: Outbox.Entry, _ sent: SentMail, _ error: any Error) async throws -> Bool {
        let failure = Outbox.Entry.Failure(error)
        if case .refused(let reply)? = error as? MailFailure {
            try await settle(entry, .givenUp(sent, GivingUp(.refused, reply: reply)))
            return true
        }
        var isInDoubt = false
        if case .uncertain? = error as? MailFailure { isInDoubt = true }
        if isInDoubt, entry.doubtful + 1 >= MailDesk.mostDoubts {
            try await settle(entry, .givenUp(sent, GivingUp(.uncertain, code: failure?.code)))
            return true
        }
        guard let pause = MailDesk.pause(after: entry.attempts + 1) else {
            let end = GivingUp(.exhausted, code: failure?.code, reply: failure?.reply)
            try await settle(entry, .givenUp(sent, end))
            return true
        }
        logger.warning(
            "mail not sent yet",
            metadata: [
                "mail": "\(entry.mail.rawValue)", "position": "\(entry.position)",
                "reason": "\(error is MailFailure ? "\(error)" : "\(type(of: error))")",
            ])
        try outbox.postpone(
            entry, until: clock.now().advanced(seconds: pause), after: failure, inDoubt: isInDoubt)
        if case .notNow(code: _, reply: 0)? = error as? MailFailure { return false }
        return true
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

extension Outbox.Entry.Failure {
    /// Numbers only; nil for what is no trouble of the mail's.
    init?(_ error: any Error) {
        switch error as? MailFailure {
        case .refused(let reply): self.init(code: 0, reply: reply)
        case .notNow(let code, let reply): self.init(code: code, reply: reply)
        case .uncertain(let code): self.init(code: code, reply: 0)
        case .notWritten(let number): self.init(code: Int(number), reply: 0)
        case nil: return nil
        }
    }
}
