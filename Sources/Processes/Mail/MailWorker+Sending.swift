import Events
import Logging
import Messaging

extension MailWorker {
    /// Maximum number of mails of a lane in transmission at the same time.
    private static let width = 4
    /// Maximum time that a mail in transmission delays later ones.
    private static let timeout = Duration.seconds(2)
    /// Maximum number of attempts with unknown outcome.
    private static let mostDoubts = 2

    private enum Turn: Sendable {
        /// - Parameter isAnswering: whether the relay responds at all.
        case ended(MailKey, isAnswering: Bool)
        case timedOut
    }

    /// Sends what is due, several mails at a time; a slow transmission does not hold up others.
    func sendDue(_ lane: Outbox.Lane) async throws {
        try await withThrowingTaskGroup(of: Turn.self) { group in
            var underWay: Set<MailKey> = []
            // The first mail alone tests whether the relay answers, so that the others need not each wait to find out.
            var width = 1
            var isTimerRunning = false
            while !Task.isCancelled {
                if lane == .prompt { try follow() }
                for entry in try next(lane, width - underWay.count, excluding: underWay) {
                    underWay.insert(entry.key)
                    group.addTask { .ended(entry.key, isAnswering: try await send(entry)) }
                }
                guard !underWay.isEmpty else {
                    guard lane == .bulk, try await mailings.extend(after: quarantined.through) else { break }
                    continue
                }
                if !isTimerRunning {
                    isTimerRunning = true
                    group.addTask {
                        try? await Task.sleep(for: MailWorker.timeout)
                        return .timedOut
                    }
                }
                switch try await group.next() {
                case .ended(let mail, isAnswering: true)?:
                    underWay.remove(mail)
                    width = MailWorker.width
                case .ended(let mail, isAnswering: false)?:
                    underWay.remove(mail)
                    while !underWay.isEmpty, let other = try await group.next() {
                        if case .ended(let mail, _) = other { underWay.remove(mail) }
                    }
                    return group.cancelAll()
                case .timedOut?:
                    width = MailWorker.width
                    isTimerRunning = false
                case nil: break
                }
            }
            group.cancelAll()
        }
    }

    private func next(
        _ lane: Outbox.Lane, _ count: Int, excluding underWay: Set<MailKey>
    ) throws -> [Outbox.Entry] {
        guard count > 0 else { return [] }
        let due = try outbox.due(lane, at: clock.now(), after: quarantined.through, limit: count + underWay.count)
        return Array(due.lazy.filter { !underWay.contains($0.key) }.prefix(count))
    }

    /// - Returns: false if the relay does not answer.
    private func send(_ entry: Outbox.Entry) async throws -> Bool {
        let checked = log.head
        var sent = SentMail(entry.key, address: nil, checked: checked, attempts: entry.attempts + 1)
        guard entry.doubtful < MailWorker.mostDoubts else {
            try await recordOutcome(entry, .givenUp(sent, GivingUp(.uncertain, code: entry.failure?.code)))
            return true
        }
        let mail: OutgoingMail
        switch try writer.letter(entry, askedBy: log.events(after: entry.position - 1, limit: 1).first, clock.now()) {
        case .suppressed(let reason, let address):
            sent = SentMail(entry.key, address: address, checked: checked, attempts: entry.attempts)
            try await recordOutcome(entry, .suppressed(sent, reason))
            return true
        case .mail(let written): mail = written
        }
        sent = SentMail(entry.key, address: mail.address, checked: checked, attempts: entry.attempts + 1)
        do {
            // Crash window: from the end of transmission until the event is durable, a restart counts the attempt as in doubt.
            try await mailer.send(mail) { [outbox] in try outbox.noteEnd(of: entry) }
        } catch {
            return try await failed(entry, sent, error)
        }
        try await recordOutcome(entry, .handedOver(sent))
        return true
    }

    private func recordOutcome(_ entry: Outbox.Entry, _ outcome: MailEvent) async throws {
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
            try await recordOutcome(entry, .givenUp(sent, GivingUp(.refused, reply: reply)))
            return true
        }
        var isInDoubt = false
        if case .uncertain? = error as? MailFailure { isInDoubt = true }
        if isInDoubt, entry.doubtful + 1 >= MailWorker.mostDoubts {
            try await recordOutcome(entry, .givenUp(sent, GivingUp(.uncertain, code: failure?.code)))
            return true
        }
        guard let pause = MailWorker.pause(after: entry.attempts + 1) else {
            let end = GivingUp(.exhausted, code: failure?.code, reply: failure?.reply)
            try await recordOutcome(entry, .givenUp(sent, end))
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

    /// In seconds.
    static let longestPause: Double = 21_600

    /// The pause before the next attempt in seconds, growing to six hours; nil (give up) after about four days.
    package static func pause(after attempts: Int) -> Double? {
        let first: [Double] = [60, 300, 900, 3600, 10_800]
        switch attempts {
        case ...first.count: return first[max(0, attempts - 1)]
        case ...20: return longestPause
        default: return nil
        }
    }
}

extension Outbox.Entry.Failure {
    /// Contains numbers only; nil if the error is not a failure of the mail.
    package init?(_ error: any Error) {
        switch error as? MailFailure {
        case .refused(let reply): self.init(code: 0, reply: reply)
        case .notNow(let code, let reply): self.init(code: code, reply: reply)
        case .uncertain(let code): self.init(code: code, reply: 0)
        case .notWritten(let number): self.init(code: Int(number), reply: 0)
        case nil: return nil
        }
    }
}
