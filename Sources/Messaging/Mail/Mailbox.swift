package import Events

/// The same 64 bits as the member's id: what came back from a member's addresses has a stream of its own.
enum MailboxKind: IdentifierKind { static let name = "mailbox" }
typealias MailboxID = Identifier<MailboxKind>

extension Identifier<MailboxKind> {
    init(of member: MemberID) { self.init(rawValue: member.rawValue) }
}

/// How mail to a member has fared. What came back from an address says nothing about another one of the same member.
package struct Mailbox: Hashable, Sendable {
    /// That an address takes no mail.
    package struct Refusal: Hashable, Sendable {
        package let since: Instant
        package let status: DeliveryStatus
        /// How many mails had to come back before that was believed: one for good, or several for the time being.
        package let mails: Int
    }

    /// As many mails that come back for the time being say the same as one that comes back for good.
    package static let softBouncesEndured = 5
    /// Within this time; what came back earlier has passed.
    package static let softBouncesCountFor = Period(days: 14)
    /// One bad day of a mail server stops nothing.
    private static let softBouncesSpan = Period(days: 3)

    private struct SoftBounce: Hashable, Sendable {
        let mail: MailKey
        let time: Instant
    }

    private var refusals: [Subject: Refusal] = [:]
    private var soft: [Subject: [SoftBounce]] = [:]

    /// Nil while nothing speaks against sending to the address.
    package func refusal(at address: Subject) -> Refusal? { refusals[address] }

    /// How many mails have come back from the address for the time being, of late.
    package func softBounces(at address: Subject) -> Int { soft[address]?.count ?? 0 }

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

    /// Notes what a delivery report says. The same report a second time is no second bounce.
    /// - Parameter command: the same for the same report.
    package func note(_ bounce: Bounce, command: CommandID) async throws {
        let event = MailEvent.bounced(bounce)
        try await append([event], to: event.stream, by: .system, command: command)
    }

    /// Lets mail go to an address again that had refused it; nothing when it had not.
    package func retry(_ address: Subject, of member: MemberID, command: CommandID) async throws {
        let mailbox = try mailbox(of: member)
        guard mailbox.refusal(at: address) != nil || mailbox.softBounces(at: address) > 0 else { return }
        let event = MailEvent.addressRetried(address, member: member)
        try await append([event], to: event.stream, by: .member(member), command: command)
    }

    /// Notes what became of mails: durable when it returns.
    package func record(_ outcomes: [MailEvent]) async throws {
        try await append(outcomes, to: MailEvent.outbox, by: .system, command: CommandID(at: clock.now()))
    }

    /// Notes that what had waited since a restoration may go.
    package func release(through position: Int, by actor: Actor, command: CommandID) async throws {
        try await append([.released(through: position)], to: MailEvent.outbox, by: actor, command: command)
    }

    /// No decision hangs on what else is in these streams.
    private func append(_ events: [MailEvent], to stream: StreamName, by actor: Actor, command: CommandID) async throws
    {
        _ = try await log.append(
            Append(
                command: command, actor: actor, time: clock.now(),
                streams: [StreamAppend(stream, expected: .any, events)]))
    }
}
