package import Events

/// A member's bounces have a separate stream, whose id has the same 64 bits as the member's.
enum MailboxKind: IdentifierKind { static let name = "mailbox" }
typealias MailboxID = Identifier<MailboxKind>

extension Identifier<MailboxKind> {
    init(of member: MemberID) { self.init(rawValue: member.rawValue) }
}

/// The bounces of mail to a member, kept per address: a bounce of one address says nothing about another.
package struct Mailbox: Hashable, Sendable {
    /// An address that does not accept mail.
    package struct Refusal: Hashable, Sendable {
        package let since: Instant
        package let status: DeliveryStatus
        /// Number of bounces behind it: one hard bounce, or several soft ones.
        package let mails: Int
    }

    /// This many soft bounces count as a hard one.
    package static let softBouncesEndured = 5
    /// Soft bounces older than this are ignored.
    package static let softBouncesCountFor = Period(days: 14)
    /// Minimum time between the first and last soft bounce, so that one bad day of a mail server stops nothing.
    private static let softBouncesSpan = Period(days: 3)

    private struct SoftBounce: Hashable, Sendable {
        let mail: MailKey
        let time: Instant
    }

    private var refusals: [Subject: Refusal] = [:]
    private var soft: [Subject: [SoftBounce]] = [:]

    /// Nil if mail may be sent to the address.
    package func refusal(at address: Subject) -> Refusal? { refusals[address] }

    /// Number of soft bounces of the address that count at a time.
    package func softBounces(at address: Subject, asOf time: Instant) -> Int {
        soft[address]?.count { $0.time.adding(Mailbox.softBouncesCountFor) > time } ?? 0
    }

    fileprivate mutating func note(_ bounce: Bounce, at time: Instant) {
        switch bounce.severity {
        case .hard: refuse(bounce, at: time, mails: 1)
        case .soft:
            var returned = soft[bounce.address, default: []].filter {
                $0.mail != bounce.key && $0.time.adding(Mailbox.softBouncesCountFor) > time
            }
            returned.append(SoftBounce(mail: bounce.key, time: time))
            soft[bounce.address] = returned
            if returned.count >= Mailbox.softBouncesEndured,
                returned[0].time.adding(Mailbox.softBouncesSpan) <= time
            {
                refuse(bounce, at: time, mails: returned.count)
            }
        }
    }

    private mutating func refuse(_ bounce: Bounce, at time: Instant, mails: Int) {
        if refusals[bounce.address] == nil {
            refusals[bounce.address] = Refusal(since: time, status: bounce.status, mails: mails)
        }
    }

    fileprivate mutating func retry(_ address: Subject) {
        refusals[address] = nil
        soft[address] = nil
    }
}

extension Mailbox: EventSourced {
    package static var initial: Mailbox { Mailbox() }

    package mutating func evolve(_ event: MailEvent, at time: Instant) {
        switch event {
        case .bounced(let bounce): note(bounce, at: time)
        case .addressRetried(let address, _): retry(address)
        case .handedOver, .givenUp, .suppressed, .released: break
        }
    }
}

extension Messaging {
    package func mailbox(of member: MemberID) throws -> Mailbox {
        try log.state(of: StreamName(MailboxID(of: member))).state
    }

    /// Records a bounce. Idempotent per report.
    /// - Parameter command: derived from the report, so that a repeated report has the same id.
    package func note(_ bounce: Bounce, command: CommandID) async throws {
        let event = MailEvent.bounced(bounce)
        try await append([event], to: event.stream, by: .system, command: command)
    }

    /// Allows mail to a bounced address again; does nothing if it had not bounced.
    package func retry(_ address: Subject, of member: MemberID, command: CommandID) async throws {
        let mailbox = try mailbox(of: member)
        guard mailbox.refusal(at: address) != nil || mailbox.softBounces(at: address, asOf: clock.now()) > 0 else {
            return
        }
        let event = MailEvent.addressRetried(address, member: member)
        try await append([event], to: event.stream, by: .member(member), command: command)
    }

    /// Records the outcomes of mails: durable when it returns.
    package func record(_ outcomes: [MailEvent]) async throws {
        try await append(outcomes, to: MailEvent.outbox, by: .system, command: CommandID(at: clock.now()))
    }

    /// Records that mail quarantined since a restore may be sent.
    package func release(through position: Int, by actor: Actor, command: CommandID) async throws {
        try await append([.released(through: position)], to: MailEvent.outbox, by: actor, command: command)
    }

    /// Appends with `expected: .any`: no decision depends on the other events of these streams.
    private func append(_ events: [MailEvent], to stream: StreamName, by actor: Actor, command: CommandID) async throws
    {
        _ = try await log.append(
            Append(
                command: command, actor: actor, time: clock.now(),
                streams: [StreamAppend(stream, expected: .any, events)]))
    }
}
