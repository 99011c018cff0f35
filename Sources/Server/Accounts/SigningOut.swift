import Accounts
import Events

/// Ends sessions, and records each end in the log.
struct SigningOut: Sendable {
    let accounts: Accounts
    let sessions: Sessions
    let signIns: SignInRecords

    /// - Parameter kept: the session that goes on.
    func everywhere(_ member: MemberID, except kept: Session.ID? = nil, at now: Instant) async throws {
        let ended = try sessions.list(of: member, at: now).filter { $0.id != kept }
        let records = try ended.compactMap { try signIns.signIn(of: $0.id) }
        try sessions.endAll(of: member, except: kept)
        for record in records { try await accounts.recordSignOut(record, .ended, command: CommandID(at: now)) }
    }

    /// Nothing happens when the session is somebody else's.
    func one(_ session: Session.ID, of member: MemberID, at now: Instant) async throws {
        guard try sessions.list(of: member, at: now).contains(where: { $0.id == session }) else { return }
        let record = try signIns.signIn(of: session)
        try sessions.end(session, of: member)
        if let record { try await accounts.recordSignOut(record, .ended, command: CommandID(at: now)) }
    }
}
