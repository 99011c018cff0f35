package import Events

package enum SignInKind: IdentifierKind { package static let name = "sign-in" }

/// Names one signing in, and the session that it began.
package typealias SignInID = Identifier<SignInKind>

/// What became of one signing in. A stream of its own, so that a member's does not grow with every visit.
package enum SignInSession: Hashable, Sendable {
    case none
    case open(MemberID)
    case ended(MemberID, SignOutCause)

    /// Ending what has ended changes nothing.
    package func end(_ cause: SignOutCause, at time: Instant) -> [AccountEvent] {
        switch self {
        case .open: [.signedOut(cause, at: time)]
        case .none, .ended: []
        }
    }
}

extension SignInSession: EventSourced {
    package static var initial: SignInSession { .none }

    package mutating func evolve(_ event: AccountEvent) {
        switch event {
        case .signedIn(let member, _, at: _): self = .open(member)
        case .signedOut(let cause, at: _):
            if case .open(let member) = self { self = .ended(member, cause) }
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .signedUp, .emailGiven,
            .municipalityDeclared, .passwordSet, .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn,
            .newsletterAnswered, .mailChoiceSet, .usernameChanged, .confirmed, .signUpLapsed, .reviewRequested,
            .twoFactor, .passwordResetRequested, .signInsHeldBack,
            .compromiseReported, .emailChangeRequested, .emailChanged, .emailChangeUndone, .emailChangeSettled,
            .handlingSet,
            .identityCorrected, .closed, .textsChosen, .wayBackRequested, .restored, .deactivated, .returned, .appealed,
            .appealRejected,
            .unusedWarned, .purgeAnnounced, .purged,
            .roleGranted, .roleRevoked, .reviewApproved, .reviewRejected:
            break
        }
    }
}

extension Accounts {
    package func recordSignOut(_ signIn: SignInID, _ cause: SignOutCause = .chosen, command: CommandID) async throws {
        guard case .open(let member) = try log.state(of: StreamName(signIn), as: SignInSession.self).state else {
            return
        }
        let actor: Actor = cause == .expired ? .system : .member(member)
        try await carryOut(command, on: StreamName(signIn), as: SignInSession.self, by: actor) { $0.end(cause, at: $1) }
    }
}
