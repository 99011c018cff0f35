package import Accounts
package import Events

/// The community as it stood at a time, as far as the log shows it without keys. Members erased since then stay erased.
package struct Replay: Sendable {
    /// How a field of a member was shown to other members.
    package enum Seen: String, Sendable {
        /// It was shown; its value is sealed here.
        case sealed
        /// It was shown, and has been erased since.
        case erased
        /// It was not shown, or had no value.
        case hidden
    }

    package struct Entry: Sendable {
        package let member: MemberID
        package let roles: [Role]
        package let username, name, ageAndSex, municipality: Seen
    }

    package struct Text: Sendable {
        package let version: CalendarDate
        package let hash: TextHash
    }

    package let asOf: Instant
    /// The last event at or before that time, and the last event of the log.
    package let position, head: Int
    package let policy, terms: Text?
    package let members: [MemberPhase: Int]
    /// The member directory, by id: names are sealed.
    package let directory: [Entry]
    package let forum: ForumCounts

    private static let batch = 2000

    /// - Parameter progress: called with the position reached.
    /// - Throws: when an event up to that time cannot be read.
    package init(of log: LogCopy, asOf time: Instant, progress: (Int) -> Void = { _ in }) throws {
        let history = History()
        var forum = ForumCounts()
        var later = Fences()
        var read = 0
        while true {
            let events = try log.events(after: read, limit: Replay.batch)
            guard let last = events.last else { break }
            for recorded in events {
                if recorded.time <= time {
                    let event = try AuditedEvent(recorded)
                    history.take(event)
                    forum.take(event)
                } else if let erasure = try Erasure(recorded) {
                    later.add(erasure.scope)
                }
            }
            read = last.position
            progress(read)
        }
        self.init(history, forum, later, at: time, head: read)
    }

    private init(_ history: History, _ forum: ForumCounts, _ later: Fences, at time: Instant, head: Int) {
        history.advance(to: time)
        asOf = time
        position = history.position
        self.head = head
        policy = history.policies.document.map { Text(version: $0.version, hash: $0.hash) }
        terms = history.terms.document.map { Text(version: $0.version, hash: $0.hash) }
        members = Dictionary(grouping: history.members.values, by: \.member.phase).mapValues(\.count)
        self.forum = forum
        let shown = history.policies.document.map { ShownFields($0.rules.fields) }
        directory = history.members.sorted { $0.key < $1.key }.compactMap { id, known in
            known.member.active.flatMap { Entry(id, $0, showing: shown, history, later) }
        }
    }
}

extension Replay.Entry {
    /// Nil for a member who had no visible name any more.
    /// - Parameter shown: the fields visible under the policy in force.
    fileprivate init?(
        _ id: MemberID, _ account: Account, showing shown: ShownFields?, _ history: History, _ later: Fences
    ) {
        func seen<Value>(_ sealed: Sealed<Value>?, as field: ProfileField, isShown: Bool = true) -> Replay.Seen {
            guard let sealed, isShown, shown?.contains(field) ?? (field == .username),
                !history.fences.cover(sealed.subject, of: sealed.owner)
            else { return .hidden }
            return later.cover(sealed.subject, of: sealed.owner) ? .erased : .sealed
        }
        username = seen(account.identity, as: .username)
        guard username != .hidden else { return nil }
        member = id
        roles = history.staff.roles(of: id).sorted { $0.rawValue < $1.rawValue }
        name = seen(account.identity, as: .name, isShown: account.consents.contains(.visibleName))
        ageAndSex = seen(account.identity, as: .age, isShown: account.consents.contains(.visibleAgeAndSex))
        municipality = seen(account.municipality, as: .municipality)
    }
}
