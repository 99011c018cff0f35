package import Events

/// The names under which others would pass for staff: of those who have a role, and of those who gave theirs up within the policy's time.
struct StaffNames: Sendable {
    static let stream = StreamName("staff-names")

    /// By the member whose name it is.
    let present: [MemberID: Skeleton]
    let former: [FormerStaffName]
    /// What was read, as it must still be when a name is taken.
    let unchanged: [StreamName: Int]

    /// Whether somebody else than its owner would be taken for staff.
    func forbid(_ username: Username, for member: MemberID?) -> Bool {
        let skeleton = username.skeleton
        return present.contains { $0.key != member && $0.value == skeleton }
            || former.contains { $0.member != member && $0.digest.value.value?.fits(skeleton) == true }
    }

    /// - Parameter name: what a member of the staff gives up now, if it is that.
    func appends(
        givingUp name: FormerStaffName? = nil, except appended: Set<StreamName> = []
    ) -> [StreamAppend] {
        unchanged.filter { !appended.contains($0.key) }.map { stream, version in
            let events = stream == StaffNames.stream ? [name].compactMap { $0.map(StaffNameEvent.givenUp) } : []
            return StreamAppend(stream, expected: .exactly(version), events)
        }
    }
}

/// Every memory of a name that was given up, whether or not its time is out.
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

/// Finds those who could be taken for somebody, by their usernames.
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

    /// Whether this name is kept for somebody of the staff, or for somebody who was.
    package func isStaffName(_ username: Username) throws -> Bool {
        try staffNames(at: clock.now()).forbid(username, for: nil)
    }

    /// The streams that must not change until the name is taken.
    /// - Throws: `AccountRefusal.usernameTaken` when others could take the member for staff.
    func requireNoStaffName(_ username: Username, for member: MemberID, at time: Instant) throws -> StaffNames {
        let names = try staffNames(at: time)
        guard !names.forbid(username, for: member) else { throw AccountRefusal.usernameTaken }
        return names
    }

    /// Remembers the name of a member who is staff no more.
    /// - Parameter appended: streams that the same append expects at a version already.
    func givingUpStaffName(
        of state: Member, _ member: MemberID, besides appended: Set<StreamName>, _ command: CommandID, at time: Instant
    ) throws -> [StreamAppend] {
        guard let name = state.account?.identity.value.value?.username else { return [] }
        let former = FormerStaffName(name, of: member, since: time, createdBy: command)
        return try staffNames(at: time).appends(givingUp: former, except: appended)
    }

    /// The names given up whose memory is not erased yet, each with its end.
    package func formerStaffNames(
        at time: Instant? = nil, under policies: PolicyCalendar? = nil
    ) throws -> [(name: FormerStaffName, end: Instant?)] {
        let (time, policies) = (time ?? clock.now(), try policies ?? self.policies())
        return try log.state(of: StaffNames.stream, as: FormerStaffNames.self).state.all
            .filter(\.isRemembered).map { ($0, end(of: $0, at: time, policies)) }
    }

    /// What is remembered of a member's names, as it stands in the log.
    package func staffNameEvents(of member: MemberID) throws -> [RecordedEvent] {
        try log.events(in: StaffNames.stream).filter {
            guard case .givenUp(let name) = try StaffNameEvent.decode($0) else { return false }
            return name.member == member
        }
    }

    /// Forgets a name when its time is out.
    /// - Returns: false when it is not, or was forgotten before.
    package func forgetStaffName(_ subject: Subject) async throws -> Bool {
        let time = clock.now()
        guard let found = try formerStaffNames().first(where: { $0.name.subject == subject }), let end = found.end,
            time >= end
        else { return false }
        return try await erase([subject], named: "outdated \(subject)", at: time)
    }

    private func end(of name: FormerStaffName, at time: Instant, _ policies: PolicyCalendar) -> Instant? {
        policies.deadline(from: name.since, judgedAt: time, \.staffName)
    }
}
