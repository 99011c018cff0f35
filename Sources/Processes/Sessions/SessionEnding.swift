package import Accounts
package import Events
package import Logging
import ServiceLifecycle

/// Signs a member out everywhere, and records the end of each session.
package struct SessionEnding: Sendable {
    package let accounts: Accounts
    package let sessions: Sessions
    package let signIns: SignInRecords

    package init(accounts: Accounts, sessions: Sessions, signIns: SignInRecords) {
        self.accounts = accounts
        self.sessions = sessions
        self.signIns = signIns
    }

    package init(_ application: Application, _ stores: OperationalStores) throws {
        self.init(
            accounts: application.accounts, sessions: stores.sessions, signIns: try SignInRecords(store: stores.runtime)
        )
    }

    /// Does nothing if the session is another member's.
    package func end(_ session: Session.ID, of member: MemberID, at now: Instant) async throws {
        guard try sessions.list(of: member, at: now).contains(where: { $0.id == session }) else { return }
        let signIn = try signIns.signIn(of: session)
        try sessions.end(session, of: member)
        if let signIn { try await accounts.recordSignOut(signIn, .ended, command: CommandID(at: now)) }
    }

    /// - Parameters:
    ///   - moment: sessions begun later stay; nil ends all.
    ///   - kept: a session that stays, whenever it began.
    package func endAll(
        of member: MemberID, begunUntil moment: Instant? = nil, except kept: Session.ID? = nil, at now: Instant
    ) async throws {
        let subjectsToErase = try sessions.list(of: member, at: now).filter {
            $0.created <= (moment ?? now) && $0.id != kept
        }
        let ended = try subjectsToErase.compactMap { try signIns.signIn(of: $0.id) }
        if moment == nil {
            try sessions.endAll(of: member, except: kept)
        } else {
            for session in subjectsToErase { try sessions.end(session.id, of: member) }
        }
        for signIn in ended { try await accounts.recordSignOut(signIn, .ended, command: CommandID(at: now)) }
    }
}

/// Ends the sessions of an account that is closed, deactivated or purged, or whose second factor is reset, by any route: the page, an
/// administrator, a command, or a rule of the policy. A member who has left is unlinked from the visit log, and her drafts are deleted (P-16.5).
package struct SessionKeeper: Service {
    package let application: Application
    package let stores: OperationalStores
    package let logger: Logger
    package let ending: SessionEnding

    package init(application: Application, stores: OperationalStores, logger: Logger, ending: SessionEnding) {
        self.application = application
        self.stores = stores
        self.logger = logger
        self.ending = ending
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var position = application.log.head
            await attempt { try await endThoseOfOthers() }
            for await head in application.log.heads() {
                while position < head, !Task.isCancelled {
                    let last = position
                    await attempt { position = try await follow(after: last) }
                    guard position > last else { break }
                }
            }
        }
    }

    /// Catches up on accounts that were closed, deactivated or erased while the site was not running, or that came back with an older file.
    func endThoseOfOthers() async throws {
        for member in try application.reading.members() where try application.accounts.member(member).account == nil {
            try application.reading.forget(member)
        }
        for member in try application.reading.membersWithDrafts()
        where try !application.accounts.member(member).keepsVisitsAndDrafts {
            try application.reading.removeDrafts(of: member)
        }
        for member in try stores.visits?.members() ?? []
        where try !application.accounts.member(member).keepsVisitsAndDrafts {
            try stores.visits?.forget(member)
        }
        for member in try stores.sessions.members() where try application.accounts.member(member).active == nil {
            try await ending.endAll(of: member, at: application.clock.now())
        }
        for member in try stores.devices.members() where try application.accounts.member(member).active == nil {
            try stores.devices.forgetAll(of: member)
        }
    }

    /// - Returns: the position up to which the log has been read.
    package func follow(after position: Int) async throws -> Int {
        let events = try application.log.events(after: position, limit: 500)
        for event in events {
            guard let member: MemberID = event.stream.id(), let change = try MemberEvent.decode(event),
                change.endsSessions
            else { continue }
            // Sessions begun after the event belong to a member who has returned.
            try await ending.endAll(of: member, begunUntil: event.time, at: application.clock.now())
            try stores.devices.forgetAll(of: member, seenUntil: event.time)
            if try !application.accounts.member(member).keepsVisitsAndDrafts {
                try stores.visits?.forget(member)
                try application.reading.removeDrafts(of: member)
            }
        }
        return events.last?.position ?? position
    }

    private func attempt(_ body: () async throws -> Void) async {
        do { try await body() } catch {
            logger.error("sessions could not be ended", metadata: ["kind": "\(type(of: error))"])
        }
    }
}

extension Member {
    /// Whether visits and drafts stay. A deactivation unlinks nothing: the visits may show the reason for it.
    fileprivate var keepsVisitsAndDrafts: Bool {
        switch self {
        case .active, .deactivated, .unconfirmed, .awaitingReview: true
        case .nobody, .closed, .lapsed, .rejected, .purged: false
        }
    }
}

extension MemberEvent {
    /// Whether all sessions of the account end.
    fileprivate var endsSessions: Bool {
        switch self {
        case .closing(.closed), .closing(.deactivated), .closing(.purged), .twoFactor(.reset): true
        case .closing(.textsChosen), .closing(.restoreLinkRequested), .closing(.restored), .closing(.returned),
            .closing(.appealed), .closing(.appealRejected), .closing(.unusedWarned), .closing(.purgeAnnounced),
            .twoFactor(.enabled), .twoFactor(.codesMade), .twoFactor(.shown), .twoFactor(.codeUsed),
            .twoFactor(.disabled), .twoFactor(.wrongCodes), .twoFactor(.resetProposed), .twoFactor(.resetDeclined),
            .registration, .email, .profile, .consent, .password:
            false
        }
    }
}
