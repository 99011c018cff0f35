import Events

extension Account {
    /// Takes in what has changed about somebody without moving that one to another phase.
    mutating func evolve(_ event: AccountEvent) {
        switch event {
        case .emailGiven(let email): self.email = email
        case .municipalityDeclared(let municipality): self.municipality = municipality
        case .passwordSet(let password, let cause):
            self.password = password
            if cause != .rehashed { resetRequests = nil }
        case .policyAccepted(let acceptance): policy = acceptance
        case .termsAccepted(let acceptance): terms = acceptance
        case .consentGiven(let purpose, _): consents.insert(purpose)
        case .consentWithdrawn(let purpose): consents.remove(purpose)
        case .newsletterAnswered(let answer): newsletter = answer
        case .mailChoiceSet(let kind, let choice): mailChoices[kind] = choice
        case .usernameChanged(let username): rename(username)
        case .passwordResetRequested(let time): resetRequests = (resetRequests?.lowerBound ?? time)...time
        case .compromiseReported(let time):
            password = nil
            resetRequests = time...time
            // An address that somebody else may have asked for is not confirmed any more.
            if emailChange?.isConfirmed == false { emailChange = nil }
        case .emailChangeRequested(let email, let time): emailChange = EmailChange(email: email, requestedAt: time)
        case .emailChanged(let time):
            changeEmail(at: time)
            resetRequests = nil
        case .emailChangeUndone:
            resetRequests = nil
            email = previousEmail?.email ?? email
            previousEmail = nil
            emailChange = nil
        case .emailChangeSettled: previousEmail = nil
        case .handlingSet(let handling):
            self.handling = handling
            if handling.value.value == .protected { municipality = nil }
        case .identityCorrected(let identity): self.identity = identity
        case .twoFactor(let change, let time): evolve(change, at: time)
        case .unusedWarned(let time): unusedWarnings.append(time)
        case .signInsHeldBack(let time): signInsHeldBackAt = time
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .signedUp, .confirmed, .signUpLapsed,
            .reviewRequested, .closed, .textsChosen, .wayBackRequested, .restored, .deactivated, .returned, .appealed,
            .appealRejected,
            .purgeAnnounced, .purged, .signedIn, .signedOut, .roleGranted, .roleRevoked, .reviewApproved,
            .reviewRejected:
            break
        }
    }

    /// What neither restoring nor checking new registrations needs goes at once (P-16.5).
    mutating func leave() {
        newsletter = nil
        emailChange = nil
        resetRequests = nil
        resetProposal = nil
    }

    private mutating func changeEmail(at time: Instant) {
        guard let change = emailChange, !change.isConfirmed else { return }
        if let email { previousEmail = PreviousEmail(email: email, replacedAt: time) }
        email = change.email
        emailChange?.isConfirmed = true
    }

    private mutating func rename(_ username: Held<Username>) {
        // The name is sealed under the identity's key: both are known, or both are erased.
        guard case .known(var identity) = identity.value, let username = username.value.value else { return }
        identity.username = username
        self.identity = Held(.known(identity), under: self.identity.subject, of: self.identity.owner)
    }
}
