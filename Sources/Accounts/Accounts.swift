package import Events
import Synchronization

/// Facade of this module: the members, and the policy that applies to them. Loads, decides, appends.
package struct Accounts: Sendable {
    let log: EventLog
    let hasher: PasswordHasher
    let clock: Clock
    /// Minimum duration of answers that must not reveal by their timing whether an address is registered.
    let uniformDelay: Duration
    private let texts: PublishedTexts

    /// - Parameter textsThrough: the last log position read for published texts; nil for no limit.
    package init(
        log: EventLog, hasher: PasswordHasher, clock: Clock, uniformDelay: Duration = .milliseconds(300),
        textsThrough: Int? = nil
    ) {
        texts = PublishedTexts(through: textsThrough)
        self.log = log
        self.hasher = hasher
        self.clock = clock
        self.uniformDelay = uniformDelay
    }

    package func member(_ id: MemberID) throws -> Member { try log.state(of: StreamName(id)).state }

    /// The member who holds a username, also while the account is closed.
    package func find(_ username: Username) throws -> MemberID? {
        try log.holder(of: username.claim)?.id(MemberKind.self)
    }

    package func policies() throws -> PolicyCalendar { try texts.policies.current(in: log) }

    package func terms() throws -> TermsCalendar { try texts.terms.current(in: log) }

    package func policyInForce(at time: Instant) throws -> PolicyDocument {
        guard let document = try policies().inForce(at: time) else { throw NothingPublished() }
        return document
    }

    package func termsInForce(at time: Instant) throws -> TermsDocument {
        guard let document = try terms().inForce(at: time) else { throw NothingPublished() }
        return document
    }
}

/// The site has not published its first policy and terms; no command can be executed.
package struct NothingPublished: Error {}

extension Accounts {
    /// Takes at least `uniformDelay`, also when `body` throws, so that the time of an answer does not tell what was found.
    package func takingUniformTime<Value>(_ body: () async throws -> Value) async throws -> Value {
        let end = ContinuousClock.now + uniformDelay
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await Task.sleep(until: end)
        return try result.get()
    }
}

extension Accounts {
    /// The state that a command was decided on, and what was decided.
    struct Outcome<State: EventSourced> {
        let state: State
        let events: [State.Event]
        let time: Instant
    }

    /// Executes a command that is decided on one stream.
    /// - Parameters:
    ///   - claims: the claims to take and to release, given the state decided on.
    ///   - replaced: subjects of that state that are erased in the same transaction, unless a legal hold defers it, because new values
    ///     replace them.
    @discardableResult
    func execute<State: EventSourced>(
        _ command: CommandID, on stream: StreamName, as type: State.Type, by actor: Actor,
        claiming claims: (State) -> [ClaimChange] = { _ in [] },
        erasing replaced: (State) -> [Subject?] = { _ in [] },
        _ decide: (State, Instant) throws -> [State.Event]
    ) async throws -> Outcome<State> {
        try await execute(command, by: actor) { time in
            let (state, version) = try log.state(of: stream, as: type)
            let outcome = Outcome(state: state, events: try decide(state, time), time: time)
            return ([StreamAppend(stream, expected: .exactly(version), outcome.events)], outcome)
        } claiming: {
            claims($0.state)
        } erasing: {
            replaced($0.state)
        }
    }

    /// Executes a command that is decided on several streams: appends to all of them or to none (`EventLog.execute`).
    ///
    /// A refusal also applies to a repeated command: a proof given once, by a code or a link, is not carried over by the command's id.
    /// - Returns: the value of the last call of `decide`.
    @discardableResult
    func execute<Value>(
        _ command: CommandID, by actor: Actor, _ decide: (Instant) throws -> ([StreamAppend], Value),
        claiming claims: (Value) throws -> [ClaimChange] = { _ in [] },
        erasing replaced: (Value) throws -> [Subject?] = { _ in [] }
    ) async throws -> Value {
        do {
            return try await log.execute(command, by: actor, at: clock) { time in
                let (streams, value) = try decide(time)
                guard streams.contains(where: { !$0.events.isEmpty }) else { return (.nothing, value) }
                let subjects = try replaced(value).compactMap(\.self)
                let erasures =
                    subjects.isEmpty ? [] : [ErasureRequest(fence: FenceID(createdBy: command), .subjects(subjects))]
                return (Decision(streams, claims: try claims(value), erasures: erasures), value)
            }.value
        } catch AppendFailure.fenced, AppendFailure.holderFenced {
            // Erased since it was looked up.
            throw AccountRefusal.noSuchMember
        }
    }
}

/// Caches the calendars of published texts: they are long, and every command needs the rules in force.
private final class PublishedTexts: Sendable {
    let policies: Cached<PolicyDocument>
    let terms: Cached<TermsDocument>

    init(through last: Int?) {
        policies = Cached(through: last)
        terms = Cached(through: last)
    }

    final class Cached<Document: PublishedDocument>: Sendable {
        private let last: Int?
        private let read = Mutex((calendar: VersionCalendar<Document>.initial, version: 0, head: 0))

        init(through last: Int?) { self.last = last }

        /// Called for every page of a signed-in member: the log is read only when its head has moved.
        func current(in log: EventLog) throws -> VersionCalendar<Document> {
            let known = read.withLock { $0 }
            let head = log.head
            guard head != known.head else { return known.calendar }
            let news = try log.events(in: Document.stream, after: known.version).filter { $0.position <= last ?? .max }
            guard let last = news.last else {
                read.withLock { $0.head = max($0.head, head) }
                return known.calendar
            }
            var calendar = known.calendar
            for event in news { try calendar.evolve(event) }
            let current = (calendar: calendar, version: last.version, head: head)
            read.withLock { if $0.version < current.version { $0 = current } }
            return calendar
        }
    }
}
