import Testkit

@testable import Accounts
@testable import Events
@testable import Forum
@testable import Projections

/// A log that a test writes event by event, including sequences that no command would write; no site ever opens it.
struct WrittenLog {
    static let anna = MemberID(rawValue: 1)
    static let astrid = MemberID(rawValue: 2)
    static let post = PostID(rawValue: 3)

    private(set) var events: [RecordedEvent] = []
    private var versions: [StreamName: Int] = [:]
    private var commands = 0
    var time: Instant

    /// Starts with the first texts in force and two members: Anna, and Astrid, an administrator.
    init() throws {
        time = .testStart
        let (policy, terms) = (try PolicyDocument.first(), try TermsDocument.first())
        add(PolicyEvent.policyPublished(policy), in: PolicyDocument.stream, by: .operator)
        add(PolicyEvent.policyInForce(policy.version), in: PolicyDocument.stream, by: .operator)
        add(PolicyEvent.termsPublished(terms), in: TermsDocument.stream, by: .operator)
        add(PolicyEvent.termsInForce(terms.version), in: TermsDocument.stream, by: .operator)
        for member in [Self.anna, Self.astrid] { try join(member) }
        add(StaffEvent.roleGranted(.administrator, Self.astrid), in: StreamName("staff"), by: .operator)
    }

    var last: Int { events.count }

    mutating func wait(_ period: String) { time = time.adding(Period(period) ?? Period(days: 0)) }

    /// Content that is never opened.
    func sealed<Value>(_ kind: SubjectKind, of member: MemberID, _ number: UInt64) -> Sealed<Value> {
        Sealed(.erased, under: Subject(kind, MemberID(rawValue: number)), of: Owner(member))
    }

    mutating func join(_ member: MemberID, accepting: Bool = true, confirming: Bool = true) throws {
        let (policy, terms) = (try PolicyDocument.first(), try TermsDocument.first())
        let form = TextHash(of: "form")
        about(member, .registration(.signedUp(sealed(.identity, of: member, member.rawValue))), by: .visitor)
        about(member, .email(.given(sealed(.email, of: member, member.rawValue))), by: .visitor)
        about(member, .password(.set(sealed(.credential, of: member, member.rawValue), .chosen)), by: .visitor)
        if accepting {
            let acceptance = Acceptance(version: policy.version, text: policy.hash, form: form)
            about(member, .consent(.policyAccepted(acceptance)), by: .visitor)
            about(
                member, .consent(.termsAccepted(Acceptance(version: terms.version, text: terms.hash, form: form))),
                by: .visitor)
        }
        if confirming { about(member, .registration(.confirmed(.held)), by: .visitor) }
    }

    mutating func signIn(_ member: MemberID, _ number: UInt64) {
        add(
            SignInEvent.signedIn(member, sealed(.signIn, of: member, number)),
            in: StreamName(Identifier<SignInKind>(rawValue: number)), by: .member(member))
    }

    mutating func close(
        _ member: MemberID, _ cause: ClosingCause = .own, reasons: Sealed<StatementOfReasons>? = nil,
        by actor: Actor? = nil
    ) {
        let closing = ClosingDecision(cause, texts: .anonymise, receipt: TextHash(of: "receipt"), reasons: reasons)
        about(member, .closing(.closed(closing)), by: actor)
    }

    mutating func purge(_ member: MemberID, _ order: PurgeReason? = nil, fencing: Bool = true, finishing: Bool = true) {
        about(member, .closing(.purged(order)), by: .system)
        if fencing { erase(.owner(Owner(member)), finishing: finishing) }
    }

    mutating func erase(_ scope: Erasure.Scope, finishing: Bool = true) {
        commands += 1
        let fence = FenceID(rawValue: UInt64(commands))
        add(Erasure(fence: fence, scope).encoded(), in: StreamName(fence), by: .system)
        guard finishing else { return }
        let done = ErasureCompleted(fence: fence, parts: [], files: [], generations: 1, keys: DestroyedKeys([]))
        add(done.encoded(), in: StreamName(fence), by: .system)
    }

    mutating func write(_ member: MemberID) {
        let event = ForumEvent.post(
            .published(
                Self.post, in: ThreadID(rawValue: 4), author: member, body: .erased))
        let sealed = SealedPart(Subject(.post, Self.post), of: Owner(member), Personal<ThreadTitle>.erased)
        add(
            NewEvent(event.encoded().type, clear: event.encoded().clear, sealed: sealed), in: event.stream,
            by: .member(member))
    }

    /// Appends to the member's own stream.
    mutating func about(_ member: MemberID, _ event: MemberEvent, by actor: Actor? = nil, command: CommandID? = nil) {
        add(event, in: StreamName(member), by: actor ?? .member(member), command: command)
    }

    mutating func add(
        _ event: any DomainEvent, in stream: StreamName, by actor: Actor, command: CommandID? = nil
    ) {
        add(event.encoded(), in: stream, by: actor, command: command)
    }

    mutating func add(_ event: NewEvent, in stream: StreamName, by actor: Actor, command: CommandID? = nil) {
        versions[stream, default: 0] += 1
        events.append(
            RecordedEvent(
                position: events.count + 1, stream: stream, version: versions[stream] ?? 1, type: event.type,
                time: time,
                actor: actor, causation: nil, command: command ?? CommandID(named: "\(events.count)", at: time),
                clear: event.clear, subject: event.sealed?.subject, owner: event.sealed?.owner,
                content: event.sealed == nil ? .none : .locked))
    }

    /// The result of an audit, if nothing more happens until then.
    /// - Parameter files: what the files beside the log held.
    func audit(_ files: any SeenFile...) -> Conformance {
        do {
            return try ConformanceAudit(over: events, files: FileEvidence(files, judgedAt: time)).run(at: time)
        } catch { preconditionFailure("\(error)") }
    }

    /// The broken invariants, except those that the site keeps by itself: in these logs keys are never replaced, and no mail is sent.
    var broken: Set<InvariantName> {
        Set(audit().outcomes.filter { $0.value.violations != nil }.keys)
            .subtracting([.keysAreReplaced, .majorChangesAreMailed])
    }

    /// The first violation of an invariant.
    func violation(of name: InvariantName) -> Violation? { audit().outcomes[name]?.violations?.first.first }
}
