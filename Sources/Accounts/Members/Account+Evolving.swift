import Events

extension Account {
    /// Applies a change that does not move the member to another phase.
    mutating func evolve(_ event: EmailEvent, at time: Instant) {
        switch event {
        case .given(let email): self.email = email
        case .changeRequested(let email): emailChange = EmailChange(email: email, requestedAt: time)
        case .changed:
            changeEmail(at: time)
            resetRequests = nil
        case .changeUndone:
            resetRequests = nil
            email = previousEmail?.email ?? email
            previousEmail = nil
            emailChange = nil
        case .changeCompleted: previousEmail = nil
        }
    }

    mutating func evolve(_ event: ProfileEvent, at time: Instant) {
        switch event {
        case .municipalityDeclared(let municipality): self.municipality = municipality
        case .municipalityWithdrawn: municipality = nil
        case .usernameChanged(let username): rename(username)
        case .identityProtectionSet(let protection):
            identityProtection = protection
            if protection.value.value == .protected { municipality = nil }
        case .identityCorrected(let identity): self.identity = identity
        case .numberSet(let move): evolve(move.standing, at: time)
        case .numberUsed: numberUsedAt = time
        }
    }

    mutating func evolve(_ event: ConsentEvent) {
        switch event {
        case .policyAccepted(let acceptance): policy = acceptance
        case .termsAccepted(let acceptance): terms = acceptance
        case .given(let purpose, _): consents.insert(purpose)
        case .withdrawn(let purpose): consents.remove(purpose)
        case .newsletterAnswered(let answer): newsletter = answer
        case .mailChoiceSet(let kind, let choice): mailChoices[kind] = choice
        }
    }

    mutating func evolve(_ event: PasswordEvent, at time: Instant) {
        switch event {
        case .set(let password, let cause):
            self.password = password
            if cause != .rehashed { resetRequests = nil }
        case .resetRequested: resetRequests = (resetRequests?.lowerBound ?? time)...time
        case .compromiseReported:
            password = nil
            resetRequests = time...time
            // A requested address may be an intruder's: it can no longer be confirmed.
            if emailChange?.isConfirmed == false { emailChange = nil }
        case .signInsHeldBack: signInsHeldBackAt = time
        }
    }

    mutating func evolve(_ standing: NumberStanding, at time: Instant) {
        switch standing {
        case .held: duplicateSince = nil
        case .anothers: duplicateSince = duplicateSince ?? time
        }
    }

    /// Drops at once the data needed neither for restoring nor for checking new registrations (P-16.5).
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

    private mutating func rename(_ username: Sealed<Username>) {
        // The name is sealed under the identity's key: both are known, or both are erased.
        guard case .known(var identity) = identity.value, let username = username.value.value else { return }
        identity.username = username
        self.identity = Sealed(.known(identity), under: self.identity.subject, of: self.identity.owner)
    }
}
