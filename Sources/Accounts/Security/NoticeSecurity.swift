package import Events

/// Names the streams of notices: one with the id of each account concerned, and the owners of origins that belong to no account.
enum SecurityKind: IdentifierKind { static let name = "security" }

/// A notice about a member's account, as she sees it.
package struct OwnSecurityNotice: Sendable {
    package let kind: SecurityIncident
    package let count: Int
    package let at: Instant
    /// Nil once its time is over.
    package let origin: SignInOrigin?
}

extension Accounts {
    /// Records that incidents were noticed. Must not run within a request: a slower answer would reveal whose name was typed.
    /// - Parameter command: the same for the same kind, account or network and day, so that one day has one notice.
    package func notice(
        _ kind: SecurityIncident, count: Int, isFirstOfDay: Bool, to member: MemberID?, from origin: SignInOrigin,
        command: CommandID
    ) async throws {
        let owner = member.map { Owner($0) } ?? Owner(Identifier<SecurityKind>(createdBy: command))
        let sealed = Sealed(.known(origin), under: Subject(.signIn, createdBy: command), of: owner)
        let notice = SecurityNotice(
            kind: kind, member: member, count: count, isFirstOfDay: isFirstOfDay, origin: sealed)
        let stream = member.map(Accounts.notices) ?? StreamName("security")
        do {
            try await log.execute(command, by: .system, at: clock) { _ in
                let change = StreamAppend(stream, expected: .any, [SecurityEvent.noticed(notice)])
                return (Decision([change]), ())
            }
        } catch AppendFailure.fenced, AppendFailure.holderFenced {
            // The account is erased: nothing of it may be recorded.
        }
    }

    /// The notices about a member's account, the oldest first. After its time the origin counts as erased, also while a legal hold defers
    /// that (P-10.1).
    package func securityNotices(about member: MemberID) throws -> [OwnSecurityNotice] {
        let (policies, now) = (try policies(), clock.now())
        return try log.events(in: Accounts.notices(about: member)).compactMap { event in
            guard case .noticed(let notice) = try SecurityEvent.decode(event) else { return nil }
            let end = policies.deadline(from: event.time, judgedAt: now, \.signInDetails)
            let isOver = end.map { now >= $0 } ?? false
            return OwnSecurityNotice(
                kind: notice.kind, count: notice.count, at: event.time, origin: isOver ? nil : notice.origin.value.value
            )
        }
    }

    private static func notices(about member: MemberID) -> StreamName {
        StreamName(Identifier<SecurityKind>(rawValue: member.rawValue))
    }
}
