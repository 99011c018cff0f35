package import Events

/// Checks an identifier and a password and opens a session when they match.
extension Accounts {
    /// The result of an attempt to sign in.
    package enum SignInResult: Hashable, Sendable {
        case signedIn(MemberID, SignInID)
        /// The password is right, and the member has a second factor: `finishSignIn` takes its code.
        case codeNeeded(MemberID, password: Subject)
        /// Without a reason, so that it does not reveal who is registered.
        case refused
    }

    /// Takes the same time for an unknown identifier as for a wrong password.
    /// - Parameters:
    ///   - identifier: e-mail address or username.
    ///   - isHeldBack: refuses as for a wrong password, after the same work, regardless of the input.
    /// - Throws: `PasswordHasher.Overloaded`.
    package func signIn(
        identifier: String, password: EnteredPassword, from origin: SignInOrigin, isHeldBack: Bool = false,
        command: CommandID
    ) async throws -> SignInResult {
        let member = try holder(of: SignInIdentifier(identifier))
        let policies = try policies()
        let known = try member.flatMap {
            try self.member($0).mayBeSignedIn(at: clock.now(), policies)?.password?.value.value
        }
        guard try await hasher.compare(password, with: known), !isHeldBack, let member, let known else {
            return .refused
        }
        let stronger = hasher.isOutdated(known) ? try await hasher.rehash(password) : nil
        return try await openSession(command, of: member) { time in
            // Hashing is slow: the account may have been closed, or the password changed, since it was read.
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            guard let account = state.mayBeSignedIn(at: time, policies), account.password?.value.value == known else {
                return .refused
            }
            let replaced = stronger == nil ? nil : account.password?.subject
            if account.twoFactor != nil, let password = account.password?.subject {
                guard let stronger else { return SignInStep(.codeNeeded(member, password: password)) }
                let renewal = PasswordRenewal(member, at: version, to: stronger, command)
                return SignInStep(
                    .codeNeeded(member, password: renewal.password.subject), renewal.streams, replacing: replaced)
            }
            let returning = ReturnFromDeactivation(time: time).decide(given: state, policies: policies)
            let opening = SessionOpening(member, at: version, returning, origin, rehashed: stronger, command)
            return SignInStep(.signedIn(member, opening.session), opening.streams, replacing: replaced)
        }
    }

    /// Executes a command that opens a session. Refused as for a wrong password when the stream keeps changing or the account was erased.
    func openSession(
        _ command: CommandID, of member: MemberID, _ decide: (Instant) throws -> SignInStep
    ) async throws -> SignInResult {
        do {
            return try await execute(command, by: .member(member)) { time in
                let step = try decide(time)
                return (step.streams, step)
            } erasing: {
                [$0.replaced]
            }.result
        } catch AppendFailure.versionConflict, AccountRefusal.noSuchMember {
            return .refused
        }
    }
}

/// The result of an attempt to sign in, and the events to append for it.
struct SignInStep {
    let result: Accounts.SignInResult
    let streams: [StreamAppend]
    /// The password that a new one replaces.
    let replaced: Subject?

    init(_ result: Accounts.SignInResult, _ streams: [StreamAppend] = [], replacing replaced: Subject? = nil) {
        self.result = result
        self.streams = streams
        self.replaced = replaced
    }

    static var refused: SignInStep { SignInStep(.refused) }
}

extension Member {
    /// The account, when it is active, or when its suspension has ended and it does not yet count as closed (P-16.4).
    package func mayBeSignedIn(at time: Instant, _ policies: PolicyCalendar) -> Account? {
        switch self {
        case .active(let account): account
        case .deactivated(let account, _):
            ReturnFromDeactivation(time: time).decide(given: self, policies: policies).isEmpty ? nil : account
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: nil
        }
    }
}

/// Opens a session, on condition that the member's stream has not changed since the password was compared.
struct SessionOpening {
    let session: SignInID
    let streams: [StreamAppend]

    init(
        _ member: MemberID, at version: Int, _ changes: [MemberEvent], _ origin: SignInOrigin,
        rehashed: PasswordHash?, _ command: CommandID
    ) {
        session = SignInID(createdBy: command)
        let origin = Sealed(origin, .signIn, of: member, createdBy: command)
        let password = rehashed.map {
            MemberEvent.password(.set(Sealed($0, .credential, of: member, createdBy: command), .rehashed))
        }
        streams = [
            StreamAppend(StreamName(session), expected: .exactly(0), [SignInEvent.signedIn(member, origin)]),
            StreamAppend(StreamName(member), expected: .exactly(version), changes + [password].compactMap(\.self)),
        ]
    }
}

/// Stores the same password with a slower hash, for a member whose session is not opened yet.
private struct PasswordRenewal {
    let password: Sealed<PasswordHash>
    let streams: [StreamAppend]

    init(_ member: MemberID, at version: Int, to hash: PasswordHash, _ command: CommandID) {
        password = Sealed(hash, .credential, of: member, createdBy: command)
        streams = [
            StreamAppend(
                StreamName(member), expected: .exactly(version), [MemberEvent.password(.set(password, .rehashed))])
        ]
    }
}
