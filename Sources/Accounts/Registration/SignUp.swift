package import Events

/// The parsed sign-up form.
package struct SignUpApplication: Sendable {
    package let email: EmailAddress
    package let identity: Identity
    /// Nil when none was given, and for a protected identity.
    package let municipality: Municipality?
    package let identityProtection: IdentityProtection
    package let password: Password
    package let policy: CalendarDate
    package let terms: CalendarDate
    /// Never for a protected identity.
    package let allowsRegisterLookup: Bool
    package let wantsNewsletter: Bool
    /// Hash of the form's wording, as it was shown.
    package let wording: TextHash
}

/// Begins a membership, which reserves nothing until it is confirmed (P-06.1).
package struct SignUp: Sendable {
    let application: SignUpApplication
    let hash: PasswordHash
    let command: CommandID
    let time: Instant

    package init(application: SignUpApplication, hash: PasswordHash, command: CommandID, time: Instant) {
        self.application = application
        self.hash = hash
        self.command = command
        self.time = time
    }

    package var member: MemberID { MemberID(createdBy: command) }

    /// Policy, terms and each consent are separate events (P-01.1, P-07.2). A protected identity is protected from the first event on
    /// (P-07.1). Whether the person is already a member is not checked here.
    package func decide(
        given member: Member, policy: PolicyDocument, terms: TermsDocument
    ) throws(AccountRefusal) -> [MemberEvent] {
        guard case .nobody = member else { return [] }
        guard application.policy == policy.version else { throw .otherPolicyInForce }
        guard application.terms == terms.version else { throw .otherTermsInForce }
        let minimumAge = policy.rules.registration.joiningAge
        let age = application.identity.number.birthDate.wholeYears(until: time.stockholmDate)
        guard age >= minimumAge else { throw .tooYoung(minimumAge: minimumAge) }
        let wording = application.wording
        return [
            .registration(.signedUp(sealed(application.identity, .identity))),
            .email(.given(sealed(application.email, .email))),
        ] + place + [
            .password(.set(sealed(hash, .credential), .chosen)),
            .consent(.policyAccepted(Acceptance(version: policy.version, text: policy.hash, form: wording))),
            .consent(.termsAccepted(Acceptance(version: terms.version, text: terms.hash, form: wording))),
        ] + (application.allowsRegisterLookup ? [.consent(.given(.registerLookup, form: wording))] : [])
            + [.consent(.newsletterAnswered(NewsletterAnswer(isYes: application.wantsNewsletter, form: wording)))]
    }

    private var place: [MemberEvent] {
        switch application.identityProtection {
        case .protected:
            [.profile(.identityProtectionSet(sealed(application.identityProtection, .identityProtection)))]
        case .ordinary:
            application.municipality.map { [.profile(.municipalityDeclared(sealed($0, .municipality)))] } ?? []
        }
    }

    private func sealed<Value>(_ value: Value, _ kind: SubjectKind) -> Sealed<Value> {
        Sealed(value, kind, of: member, createdBy: command)
    }
}

extension Accounts {
    /// Takes the same time and gives the same answer whether or not the person is already a member (P-16.6).
    /// - Returns: the member that the link in the mail to the typed address will confirm.
    /// - Throws: `AccountRefusal`, `PasswordHasher.Overloaded`.
    package func signUp(_ application: SignUpApplication, command: CommandID) async throws -> MemberID {
        let hash = try await hasher.hash(application.password)
        let member = MemberID(createdBy: command)
        try await execute(command, on: StreamName(member), as: Member.self, by: .visitor) { state, time in
            try SignUp(application: application, hash: hash, command: command, time: time)
                .decide(given: state, policy: try policyInForce(at: time), terms: try termsInForce(at: time))
        }
        return member
    }
}
