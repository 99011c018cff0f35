package import Events

/// Checks an identifier and a password and, when they belong together, opens a session.
extension Accounts {
    /// What trying to sign in came to.
    package enum SignInResult: Hashable, Sendable {
        case signedIn(MemberID, SignInID)
        /// The password is right, and the member has a second factor: `finishSignIn` takes its code.
        case codeNeeded(MemberID, password: Subject)
        /// Never why: nobody learns who is registered.
        case refused
    }

    /// Takes as long for an unknown identifier as for a wrong password.
    /// - Parameters:
    ///   - identifier: e-mail address or username.
    ///   - isHeldBack: refused like a wrong password, after the same work, whatever was typed.
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
        for _ in 0...Accounts.conflictsEndured {
            // Hashing took its time: meanwhile the account may have been closed, or the password changed.
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            let time = clock.now()
            guard let account = state.mayBeSignedIn(at: time, policies), account.password?.value.value == known else {
                return .refused
            }
            if account.twoFactor != nil, let password = account.password?.subject {
                guard let stronger else { return .codeNeeded(member, password: password) }
                let renewal = PasswordRenewal(member, at: version, to: stronger, command, time)
                do { try await append(renewal.append, erasing: [password]) } catch AppendFailure.versionConflict {
                    continue
                }
                return .codeNeeded(member, password: renewal.password.subject)
            }
            let returning = ReturnFromDeactivation(time: time).decide(given: state, policies: policies)
            let opening = SessionOpening(member, at: version, returning, origin, rehashed: stronger, command, time)
            do {
                try await append(
                    opening.append, erasing: stronger == nil ? [] : [account.password?.subject].compactMap(\.self))
            } catch AppendFailure.versionConflict { continue }
            return .signedIn(member, opening.session)
        }
        return .refused
    }
}

extension Member {
    /// The account, when it is active or its suspension has ended in time to come back (P-16.4).
    package func mayBeSignedIn(at time: Instant, _ policies: PolicyCalendar) -> Account? {
        switch self {
        case .active(let account): account
        case .deactivated(let account, _):
            ReturnFromDeactivation(time: time).decide(given: self, policies: policies).isEmpty ? nil : account
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: nil
        }
    }
}

/// Begins a session, on condition that the member's stream is where it was when the password was compared.
struct SessionOpening {
    let session: SignInID
    let append: Append

    init(
        _ member: MemberID, at version: Int, _ changes: [MemberEvent], _ origin: SignInOrigin,
        rehashed: PasswordHash?, _ command: CommandID, _ time: Instant
    ) {
        session = SignInID(createdBy: command)
        let origin = Held(origin, .signIn, of: member, createdBy: command)
        let password = rehashed.map {
            MemberEvent.password(.set(Held($0, .credential, of: member, createdBy: command), .rehashed))
        }
        append = Append(
            command: command, actor: .member(member), time: time,
            streams: [
                StreamAppend(
                    StreamName(session), expected: .exactly(0), [SignInEvent.signedIn(member, origin)]),
                StreamAppend(
                    StreamName(member), expected: .exactly(version), changes + [password].compactMap(\.self)),
            ])
    }
}

/// The same password under a slower hash, for somebody whose session does not begin yet.
private struct PasswordRenewal {
    let password: Held<PasswordHash>
    let append: Append

    init(_ member: MemberID, at version: Int, to hash: PasswordHash, _ command: CommandID, _ time: Instant) {
        password = Held(hash, .credential, of: member, createdBy: command)
        append = Append(
            command: command, actor: .member(member), time: time,
            streams: [
                StreamAppend(
                    StreamName(member), expected: .exactly(version), [MemberEvent.password(.set(password, .rehashed))])
            ])
    }
}
