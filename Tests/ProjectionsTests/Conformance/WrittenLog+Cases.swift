import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Forum
@testable import Messaging
@testable import Projections

extension WrittenLog {
    static let file = CaseID(rawValue: 80)

    /// - Returns: the position of the opening.
    @discardableResult
    mutating func open(
        _ topic: CaseTopic, by opener: MemberID? = WrittenLog.anna, _ channel: CaseChannel = .page, as id: CaseID = file
    ) throws -> Int {
        let opening = CaseOpening(
            id: id, topic: topic, channel: channel, opener: opener, statement: try statement(of: opener, in: id),
            trouble: nil, at: time)
        add(.opened(opening), to: id, by: opener.map { .member($0) } ?? .visitor)
        return last
    }

    mutating func state(by party: CaseParty = .opener, asks: Bool = true, in id: CaseID = file) throws {
        let addition = CaseAddition(
            statement: try statement(of: Self.anna, in: id), party: party, channel: .page, asks: asks, trouble: nil,
            at: time)
        add(.stated(addition), to: id, by: .member(Self.anna))
    }

    mutating func reply(to audience: CaseAudience = .opener, awaits: Bool = false, in id: CaseID = file) throws {
        let reply = Sealed(try #require(CaseReply("Så här.")), of: nil, in: id, by: next)
        add(
            .replied(CaseAnswer(reply: reply, audience: audience, awaits: awaits, at: time)), to: id,
            by: .member(Self.astrid))
    }

    mutating func decide(_ outcome: CaseDecision.Outcome = .rejected, in id: CaseID = file) throws {
        let reasons = Sealed(try #require(CaseReasons(rule: "4.2", "Därför")), of: nil, in: id, by: next)
        let decision = CaseDecision(outcome: outcome, reasons: reasons, affected: nil, by: Self.astrid, at: time)
        add(.decided(decision), to: id, by: .member(Self.astrid))
    }

    mutating func extend(in id: CaseID = file) throws {
        let reasons = Sealed(try #require(CaseReasons("Mycket att gå igenom")), of: nil, in: id, by: next)
        add(.extended(reasons), to: id, by: .member(Self.astrid))
    }

    mutating func appeal(by party: CaseParty = .opener, in id: CaseID = file) throws {
        add(.appealed(try statement(of: Self.anna, in: id), by: party), to: id, by: .member(Self.anna))
    }

    mutating func add(_ event: CaseEvent, to id: CaseID = file, by actor: Actor = .member(astrid)) {
        add(event.encoded(), in: StreamName(id), by: actor)
    }

    /// As the program erases a case: with what its parties said, by name.
    mutating func eraseCase(_ id: CaseID = file) {
        let subjects = events.filter { $0.stream == StreamName(id) && $0.owner != Owner(id) }.compactMap(\.subject)
        erase(.owner(Owner(id)))
        if !subjects.isEmpty { erase(.subjects(subjects)) }
    }

    /// - Returns: the stream of the request.
    mutating func requestCorrection(of member: MemberID = anna, _ number: UInt64 = 90) -> StreamName {
        let stream = StreamName(CorrectionID(rawValue: number))
        let correction = Correction(
            member: member, field: .name, wish: sealed(.statement, of: member, number), requestedAt: time)
        add(CorrectionEvent.requested(correction), in: stream, by: .member(member))
        return stream
    }

    mutating func decideCorrection(_ stream: StreamName, isApproved: Bool = false) {
        let number = UInt64(last)
        add(
            CorrectionEvent.compared(sealed(.statement, of: Self.anna, 1000 + number)), in: stream,
            by: .member(Self.astrid))
        let decision = CorrectionDecision(
            isApproved: isApproved, reason: sealed(.statement, of: Self.anna, 2000 + number), at: time)
        add(CorrectionEvent.decided(decision), in: stream, by: .member(Self.astrid))
    }

    /// Publishes a version with changed rules that begins tomorrow, and waits until then.
    mutating func shorten(_ old: String, _ new: String) throws {
        let day = time.adding(Period(days: 1)).stockholmDate
        let policy = try Texts.policy(day.description, (old, new), (#""change":"major""#, #""change":"minor""#))
        add(PolicyEvent.policyPublished(policy), in: PolicyDocument.stream, by: .operator)
        time = day.startInStockholm
        add(PolicyEvent.policyInForce(day), in: PolicyDocument.stream, by: .system)
    }

    /// Publishes a version that closes accounts which were unused for three years, after two warnings.
    mutating func closeUnused() throws {
        let rule = #""unusedAccount":{"closedAfter":"P3Y","warnBefore":["P60D","P14D"]},"version":"#
        let policy = try Texts.policy(time.stockholmDate.description, (#""version":"#, rule))
        add(PolicyEvent.policyPublished(policy), in: PolicyDocument.stream, by: .operator)
        add(PolicyEvent.policyInForce(policy.version), in: PolicyDocument.stream, by: .operator)
    }

    mutating func hold(_ member: MemberID = anna) {
        let order = HoldOrder(isSecret: true, lastDay: nil, reference: sealed(.statement, of: member, 5000))
        add(OversightEvent.holdPlaced(order), in: holds(member), by: .member(Self.astrid))
    }

    mutating func lift(_ member: MemberID = anna) {
        add(OversightEvent.holdLifted, in: holds(member), by: .member(Self.astrid))
    }

    private func holds(_ member: MemberID) -> StreamName {
        StreamName(Identifier<LegalHoldKind>(rawValue: member.rawValue))
    }

    private var next: CommandID { CommandID(named: "case \(last)", at: time) }

    private func statement(of member: MemberID?, in id: CaseID) throws -> Sealed<CaseStatement> {
        Sealed(try #require(CaseStatement(text: "Hur gör jag?")), of: member, in: id, by: next)
    }
}
