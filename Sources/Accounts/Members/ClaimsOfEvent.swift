package import Events

extension Accounts {
    /// The claims that an event may have taken for its member; used to find the values claimed under them (P-14.1).
    @Sendable package static func claims(in event: RecordedEvent) throws -> [Claim] {
        switch try MemberEvent.decode(event) {
        case .registration(.signedUp(let identity)), .profile(.identityCorrected(let identity)):
            identity.value.value.map { [$0.number.claim, $0.username.claim] } ?? []
        case .email(.given(let email)), .email(.changeRequested(let email)): email.value.value.map { [$0.claim] } ?? []
        case .profile(.usernameChanged(let username)): username.value.value.map { [$0.claim] } ?? []
        case .registration(.reviewRequested), .registration(.reviewApproved), .registration(.reviewRejected),
            .registration(.confirmed), .registration(.signUpLapsed), .email(.changed), .email(.changeUndone),
            .email(.changeCompleted), .profile(.municipalityDeclared), .profile(.municipalityWithdrawn),
            .profile(.identityProtectionSet), .profile(.numberSet), .profile(.numberUsed), .consent,
            .password,
            .twoFactor, .closing, nil:
            []
        }
    }
}
