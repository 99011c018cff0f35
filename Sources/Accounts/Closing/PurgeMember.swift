package import Events

/// Erases all data about a closed account when its time has run out (P-16.3), or sooner when an administrator orders it (P-12.5).
package struct PurgeMember: Sendable {
    let order: PurgeReason?
    let time: Instant

    /// No events before the time has run out or during a legal hold (P-10.1).
    package func decide(given state: Member, _ hold: LegalHold, policies: PolicyCalendar) -> [MemberEvent] {
        guard let closing = state.closing, case .inactive = hold,
            order != nil || closing.erasureDue(judgedAt: time, policies).map({ time >= $0 }) == true
        else { return [] }
        return [.closing(.purged(order))]
    }
}

/// Why an account is erased ahead of time. A code without free text, since it stays in the log for ever.
package enum PurgeReason: String, ClosedCode, CaseIterable {
    /// The member has asked for it (GDPR Art. 17).
    case requested
    /// The account should not exist: another person's data, a test, a duplicate.
    case mistaken
    /// The member is younger than the policy allows.
    case underage
    /// A court or an authority has ordered it.
    case ordered
}

/// Records that the erasure is near, so that the member gets one reminder, as long before as the policy says.
///
/// A site that was down when the reminder was due sends it late, and erases later (`Closing.erasureDue`).
package struct AnnouncePurge: Sendable {
    let time: Instant

    package func decide(given state: Member, policies: PolicyCalendar) -> [MemberEvent] {
        guard let closing = state.closing, closing.announcedAt == nil, closing.isNoticeDue(judgedAt: time, policies)
        else { return [] }
        return [.closing(.purgeAnnounced)]
    }
}

extension Closing {
    /// When the reminder of the coming erasure is due; nil when the policy promises none.
    package func purgeNoticeDue(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant? {
        // The mail about the ending of a duplicate names the day, and the account cannot be restored.
        guard cause != .duplicate, let before = policies.inForce(at: time)?.rules.closing.purgeAnnouncedBefore else {
            return nil
        }
        return purgeDue(judgedAt: time, policies).subtracting(before)
    }

    /// In seconds. A reminder that is late by less does not delay the erasure: the job runs every hour.
    private static let toleratedDelay: Double = 24 * 3600

    /// When all data are erased: at `purgeDue`, or later when the reminder that the policy promises was late. Nil until the reminder is
    /// sent.
    package func erasureDue(judgedAt time: Instant, _ policies: PolicyCalendar) -> Instant? {
        let due = purgeDue(judgedAt: time, policies)
        guard let before = policies.inForce(at: time)?.rules.closing.purgeAnnouncedBefore,
            isNoticeOwed(judgedAt: time, policies)
        else { return due }
        guard let announcedAt else { return nil }
        let isLate = announcedAt > due.subtracting(before).advanced(seconds: Closing.toleratedDelay)
        return isLate ? max(due, announcedAt.adding(before)) : due
    }

    /// Whether the reminder is to be sent now. A late one is still sent, unless a newer version has left no time for it.
    package func isNoticeDue(judgedAt time: Instant, _ policies: PolicyCalendar) -> Bool {
        guard let notice = purgeNoticeDue(judgedAt: time, policies), time >= notice else { return false }
        return isRestorable(judgedAt: time, policies) || isNoticeOwed(judgedAt: time, policies)
    }

    /// Whether the versions in force on the day of the reminder called for it: not when a later version shortened the period past that day.
    private func isNoticeOwed(judgedAt time: Instant, _ policies: PolicyCalendar) -> Bool {
        guard let notice = purgeNoticeDue(judgedAt: time, policies) else { return false }
        return purgeNoticeDue(judgedAt: notice, policies).map { $0 <= notice } == true
    }

    /// The erasures of a purge: always the person and the records of legal holds, and texts as chosen. Texts that stay have no author.
    /// - Parameters:
    ///   - single: texts that are erased whatever was chosen for the rest.
    ///   - hadLegalHold: whether there ever was a legal hold.
    func erasures(
        of member: MemberID, single: [Subject], hadLegalHold: Bool, _ fence: (_ part: String) -> FenceID
    ) -> [ErasureRequest] {
        let person: Erasure.Scope =
            texts == .erase
            ? .owner(Owner(member)) : .kinds(SubjectKind.aboutThePerson + texts.erased, of: Owner(member))
        let others = texts == .erase ? [] : single.filter { !texts.erased.contains($0.kind) }
        var erasures = [ErasureRequest(fence: fence("person"), person, receipt: receipt)]
        if !others.isEmpty { erasures.append(ErasureRequest(fence: fence("marked"), .subjects(others))) }
        if hadLegalHold {
            erasures.append(ErasureRequest(fence: fence("holds"), .owner(Accounts.ownerOfHolds(on: member))))
        }
        return erasures
    }
}

extension SubjectKind {
    /// All kinds except what the member wrote or showed to others.
    fileprivate static let aboutThePerson = allCases.filter { kind in
        switch kind {
        case .identity, .email, .address, .municipality, .register, .credential, .identityProtection, .signIn,
            .statement,
            .staffName:
            true
        case .category, .thread, .post, .revision, .picture, .message, .issue: false
        }
    }
}

extension Accounts {
    /// Throws unless an account can be erased ahead of time.
    /// - Throws: `AccountRefusal.notClosed`, `underLegalHold`, `noSuchMember`, `notAllowed`, `ownMatter`.
    package func mayPurge(_ member: MemberID, by actor: Actor) throws {
        try requireAdministrator(member, actor)
        switch try self.member(member) {
        case .active, .deactivated: throw AccountRefusal.notClosed
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged: throw AccountRefusal.noSuchMember
        case .closed: break
        }
        guard case .inactive = try hold(on: member) else { throw AccountRefusal.underLegalHold }
    }

    /// Purges a member if that is due or ordered. When it races with restoring, the first append wins.
    /// - Parameter single: the texts that are erased whatever was chosen for the rest, given those marked at the closing; only the caller
    ///   knows texts.
    /// - Returns: whether this call purged the member.
    package func purge(
        _ member: MemberID, ordered order: PurgeReason? = nil, by actor: Actor = .system,
        erasing single: (_ marked: [Subject]) throws -> [Subject] = { $0 }
    ) async throws -> Bool {
        let policies = try policies()
        let holds = Accounts.holds(on: member)
        do {
            return try await log.execute(CommandID(at: clock.now()), by: actor, at: clock) { time in
                let (state, version) = try log.state(of: StreamName(member), as: Member.self)
                let holdVersion = try log.events(in: holds).last?.version ?? 0
                let events = PurgeMember(order: order, time: time).decide(
                    given: state, try hold(on: member), policies: policies)
                guard let closing = state.closing, !events.isEmpty else { return (.nothing, false) }
                let single = try single(closing.marked)
                let erasures = closing.erasures(of: member, single: single, hadLegalHold: holdVersion > 0) { part in
                    FenceID(createdBy: CommandID(named: "purge \(part) \(member)", at: time))
                }
                let streams = [
                    StreamAppend(StreamName(member), expected: .exactly(version), events),
                    StreamAppend(holds, expected: .exactly(holdVersion), [any DomainEvent]()),
                ]
                return (Decision(streams, erasures: erasures), true)
            }.value
        } catch AppendFailure.versionConflict {
            // The stream changes too often at the moment; the hourly job tries again.
            return false
        }
    }

    /// - Returns: whether the reminder is to be sent now.
    package func announcePurge(of member: MemberID) async throws -> Bool {
        let policies = try policies()
        return try await !execute(
            CommandID(at: clock.now()), on: StreamName(member), as: Member.self, by: .system
        ) { state, time in
            AnnouncePurge(time: time).decide(given: state, policies: policies)
        }.events.isEmpty
    }
}
