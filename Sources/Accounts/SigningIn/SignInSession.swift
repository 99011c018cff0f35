package import Events

package enum SignInKind: IdentifierKind { package static let name = "sign-in" }

/// Identifies one sign-in and its session.
package typealias SignInID = Identifier<SignInKind>

/// The state of one sign-in. It has a separate stream, so that the member's does not grow with every visit.
package enum SignInSession: Hashable, Sendable {
    case none
    case open(MemberID)
    case ended(MemberID, SignOutCause)

    /// No events when the session has already ended.
    package func end(_ cause: SignOutCause) -> [SignInEvent] {
        switch self {
        case .open: [.signedOut(cause)]
        case .none, .ended: []
        }
    }
}

extension SignInSession: EventSourced {
    package static var initial: SignInSession { .none }

    package mutating func evolve(_ event: SignInEvent, at _: Instant) {
        switch event {
        case .signedIn(let member, _): self = .open(member)
        case .signedOut(let cause):
            if case .open(let member) = self { self = .ended(member, cause) }
        }
    }
}

extension Accounts {
    package func recordSignOut(_ signIn: SignInID, _ cause: SignOutCause = .chosen, command: CommandID) async throws {
        guard case .open(let member) = try log.state(of: StreamName(signIn), as: SignInSession.self).state else {
            return
        }
        let actor: Actor = cause == .expired ? .system : .member(member)
        try await execute(command, on: StreamName(signIn), as: SignInSession.self, by: actor) { state, _ in
            state.end(cause)
        }
    }
}
