package import Events

extension Accounts {
    /// The names that an event may have made its member's own: what is claimed under them is found again by these (P-14.1).
    @Sendable package static func claims(in event: RecordedEvent) throws -> [Claim] {
        guard let known = try AccountEvent.decode(event) else { return [] }
        switch known {
        case .signedUp(let identity, at: _), .identityCorrected(let identity):
            return identity.value.value.map { [$0.number.claim, $0.username.claim] } ?? []
        case .emailGiven(let email), .emailChangeRequested(let email, at: _):
            return email.value.value.map { [$0.claim] } ?? []
        case .usernameChanged(let username): return username.value.value.map { [$0.claim] } ?? []
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .municipalityDeclared, .passwordSet,
            .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn, .newsletterAnswered, .mailChoiceSet,
            .confirmed,
            .signUpLapsed, .reviewRequested, .reviewApproved, .reviewRejected, .twoFactor, .passwordResetRequested,
            .signInsHeldBack,
            .compromiseReported, .emailChanged,
            .emailChangeUndone, .emailChangeSettled, .handlingSet, .closed, .textsChosen, .wayBackRequested, .restored,
            .deactivated, .returned, .appealed, .appealRejected, .unusedWarned, .purgeAnnounced, .purged, .signedIn,
            .signedOut, .roleGranted, .roleRevoked:
            return []
        }
    }
}
