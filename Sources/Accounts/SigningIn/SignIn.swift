package import Events

/// Checks an identifier and a password and, when they belong together, opens a session.
extension Accounts {
    /// What trying to sign in came to.
    package enum SignInResult: Hashable, Sendable {
        case signedIn(MemberID, SignInID)
        /// Never why: nobody learns who is registered.
        case refused
    }

    /// Takes as long for an unknown identifier as for a wrong password.
    /// - Parameter identifier: e-mail address or username.
    /// - Throws: `PasswordHasher.Overloaded`.
    package func signIn(
        identifier: String, password: EnteredPassword, from origin: SignInOrigin, command: CommandID
    ) async throws -> SignInResult {
        let member = try holder(ofIdentifier: identifier)
        let known = try member.flatMap { try self.member($0).active?.password?.value.value }
        guard try await hasher.compare(password, with: known), let member, let known else { return .refused }
        let stronger = hasher.isOutdated(known) ? try await hasher.rehash(password) : nil
        return try await retryingConflicts {
            let time = clock.now()
            let (state, version) = try log.state(of: StreamName(member), as: Member.self)
            // Hashing took its time: meanwhile the account may have been closed, or the password changed.
            guard let account = state.active, account.password?.value.value == known else { return .refused }
            let signIn = SignInID(createdBy: command)
            let origin = Held(origin, .signIn, of: member, createdBy: command)
            let rehashed = stronger.map {
                AccountEvent.passwordSet(Held($0, .credential, of: member, createdBy: command), .rehashed)
            }
            _ = try await log.append(
                Append(
                    command: command, actor: .member(member), time: time,
                    streams: [
                        StreamAppend(
                            StreamName(signIn), expected: .exactly(0), [AccountEvent.signedIn(member, origin, at: time)]
                        ),
                        StreamAppend(StreamName(member), expected: .exactly(version), [rehashed].compactMap(\.self)),
                    ]))
            if rehashed != nil { try await eraseReplaced(account.password?.subject) }
            return .signedIn(member, signIn)
        }
    }

    private func holder(ofIdentifier identifier: String) throws -> MemberID? {
        // No username contains an `@`.
        let claim =
            identifier.contains("@") ? (try? EmailAddress(identifier))?.claim : (try? Username(identifier))?.claim
        return try claim.flatMap { try log.holder(of: $0) }.flatMap(MemberID.init)
    }
}
