package import Events

/// The names that others could use to impersonate staff: of current staff, and of former staff within the policy's time.
struct StaffNames: Sendable {
    static let stream = StreamName("staff-names")

    /// By the member who has the name.
    let present: [MemberID: Skeleton]
    let former: [FormerStaffName]
    /// The versions of the streams read, which must be unchanged when a name is taken.
    let unchanged: [StreamName: Int]

    /// Whether anyone but its owner would be mistaken for staff under this name.
    func forbid(_ username: Username, for member: MemberID?) -> Bool {
        let skeleton = username.skeleton
        return present.contains { $0.key != member && $0.value == skeleton }
            || former.contains { $0.member != member && $0.digest.value.value?.fits(skeleton) == true }
    }

    /// - Parameter name: the name that a member of the staff gives up now, if any.
    func appends(
        givingUp name: FormerStaffName? = nil, except appended: Set<StreamName> = []
    ) -> [StreamAppend] {
        unchanged.filter { !appended.contains($0.key) }.map { stream, version in
            let events = stream == StaffNames.stream ? [name].compactMap { $0.map(StaffNameEvent.givenUp) } : []
            return StreamAppend(stream, expected: .exactly(version), events)
        }
    }
}

/// All names given up, whether or not their time has run out.
struct FormerStaffNames: EventSourced {
    private(set) var all: [FormerStaffName] = []

    static var initial: Self { Self() }

    mutating func evolve(_ event: StaffNameEvent, at _: Instant) {
        switch event {
        case .givenUp(let name): all.append(name)
        }
    }
}

extension Username {
    var skeleton: Skeleton { Skeleton(text) }
}

/// Finds usernames that could be mistaken for a given one.
package struct Lookalikes: Sendable {
    private let skeleton: Skeleton

    package init(of username: String) { skeleton = Skeleton(username) }

    package func contain(_ username: String) -> Bool { Skeleton(username) == skeleton }
}

extension Accounts {
    func staffNames(at time: Instant) throws -> StaffNames {
        let (staff, version) = try log.state(of: Staff.stream, as: Staff.self)
        let (former, formerVersion) = try log.state(of: StaffNames.stream, as: FormerStaffNames.self)
        let policies = try policies()
        var present: [MemberID: Skeleton] = [:]
        for member in staff.all {
            present[member] = try self.member(member).account?.identity.value.value?.username.skeleton
        }
        return StaffNames(
            present: present, former: former.all.filter { time < end(of: $0, at: time, policies) ?? time },
            unchanged: [Staff.stream: version, StaffNames.stream: formerVersion])
    }

    /// Whether the name is reserved for current or former staff.
    package func isStaffName(_ username: Username) throws -> Bool {
        try staffNames(at: clock.now()).forbid(username, for: nil)
    }

    /// Requires that the name is not reserved for staff.
    /// - Returns: the names with the streams that must not change until the name is taken.
    /// - Throws: `AccountRefusal.usernameTaken` when the member could be mistaken for staff.
    func requireNoStaffName(_ username: Username, for member: MemberID, at time: Instant) throws -> StaffNames {
        let names = try staffNames(at: time)
        guard !names.forbid(username, for: member) else { throw AccountRefusal.usernameTaken }
        return names
    }

    /// Remembers the name of a member who has left the staff.
    /// - Parameter appended: streams for which the same append already expects a version.
    func givingUpStaffName(
        of state: Member, _ member: MemberID, besides appended: Set<StreamName>, _ command: CommandID, at time: Instant
    ) throws -> [StreamAppend] {
        guard let name = state.account?.identity.value.value?.username else { return [] }
        let former = FormerStaffName(name, of: member, since: time, createdBy: command)
        return try staffNames(at: time).appends(givingUp: former, except: appended)
    }

    /// The names given up whose memory is not erased yet, each with the end of its period.
    package func formerStaffNames(
        at time: Instant? = nil, under policies: PolicyCalendar? = nil
    ) throws -> [(name: FormerStaffName, end: Instant?)] {
        let (time, policies) = (time ?? clock.now(), try policies ?? self.policies())
        return try log.state(of: StaffNames.stream, as: FormerStaffNames.self).state.all
            .filter(\.isRemembered).map { ($0, end(of: $0, at: time, policies)) }
    }

    /// The log's events about names that a member has given up.
    package func staffNameEvents(of member: MemberID) throws -> [RecordedEvent] {
        try log.events(in: StaffNames.stream).filter {
            guard case .givenUp(let name) = try StaffNameEvent.decode($0) else { return false }
            return name.member == member
        }
    }

    /// Erases the memory of a name when its period has run out.
    /// - Returns: false before that, or when it was erased already.
    package func forgetStaffName(_ subject: Subject) async throws -> Bool {
        let time = clock.now()
        guard let found = try formerStaffNames().first(where: { $0.name.subject == subject }), let end = found.end,
            time >= end
        else { return false }
        return try await erase(
            [subject], concerning: [Owner(found.name.member)], named: "outdated \(subject)", at: time)
    }

    private func end(of name: FormerStaffName, at time: Instant, _ policies: PolicyCalendar) -> Instant? {
        policies.deadline(from: name.since, judgedAt: time, \.staffName)
    }
}
