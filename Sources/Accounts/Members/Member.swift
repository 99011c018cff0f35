package import Events

/// Where somebody stands, from signing up on.
package enum Member: Hashable, Sendable {
    /// Nobody has signed up under this id.
    case nobody
    /// Reserves nothing, sees nothing, and is erased when the time to confirm has run out (P-06.1).
    case unconfirmed(Account)
    /// The e-mail address is confirmed, but a person has to look at it first. Reserves nothing (P-16.6).
    case awaitingReview(Account, ReviewReason, since: Instant)
    case active(Account)
    /// A person has looked at it and turned it down. Kept until the mail that says so has gone.
    case rejected(Account, since: Instant)
    /// Never became a member, and is erased.
    case lapsed(Account)
}

/// What is known of somebody who has signed up, whatever phase they are in.
package struct Account: Hashable, Sendable {
    package let signedUpAt: Instant
    package internal(set) var identity: Held<Identity>
    package internal(set) var email: Held<EmailAddress>?
    package internal(set) var municipality: Held<Municipality>?
    package internal(set) var password: Held<PasswordHash>?
    package internal(set) var policy: Acceptance?
    package internal(set) var terms: Acceptance?
    package internal(set) var consents: Set<ConsentPurpose> = []
    package internal(set) var newsletter: NewsletterAnswer?
    package internal(set) var confirmedAt: Instant?
    /// Nil when no reset is open; setting a password ends it.
    package internal(set) var resetRequestedAt: Instant?
}

extension Member {
    package var account: Account? {
        switch self {
        case .nobody: nil
        case .unconfirmed(let account), .awaitingReview(let account, _, _), .active(let account),
            .rejected(let account, _), .lapsed(let account):
            account
        }
    }

    /// The account of somebody who may use the site.
    package var active: Account? {
        switch self {
        case .active(let account): account
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed: nil
        }
    }
}

extension Member: EventSourced {
    package static var initial: Member { .nobody }

    package mutating func evolve(_ event: AccountEvent) {
        switch event {
        case .signedUp(let identity, let time): self = .unconfirmed(Account(signedUpAt: time, identity: identity))
        case .confirmed(let time):
            update { $0.confirmedAt = time }
            if let account { self = .active(account) }
        case .reviewRequested(let reason, let time):
            if let account { self = .awaitingReview(account, reason, since: time) }
        case .reviewRejected(_, let time):
            if let account { self = .rejected(account, since: time) }
        case .signUpLapsed:
            if let account { self = .lapsed(account) }
        case .emailGiven(let email): update { $0.email = email }
        case .municipalityDeclared(let municipality): update { $0.municipality = municipality }
        case .passwordSet(let password, let cause):
            update { account in
                account.password = password
                if cause != .rehashed { account.resetRequestedAt = nil }
            }
        case .policyAccepted(let acceptance): update { $0.policy = acceptance }
        case .termsAccepted(let acceptance): update { $0.terms = acceptance }
        case .consentGiven(let purpose, _): update { $0.consents.insert(purpose) }
        case .consentWithdrawn(let purpose): update { $0.consents.remove(purpose) }
        case .newsletterAnswered(let answer): update { $0.newsletter = answer }
        case .usernameChanged(let username):
            update { account in
                // The name is sealed under the identity's key: both are known, or both are erased.
                guard case .known(var identity) = account.identity.value, let username = username.value.value else {
                    return
                }
                identity.username = username
                account.identity = Held(.known(identity), under: account.identity.subject, of: account.identity.owner)
            }
        case .passwordResetRequested(let time): update { $0.resetRequestedAt = time }
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .signedIn, .signedOut, .roleGranted,
            .roleRevoked, .reviewOpened, .reviewApproved:
            break
        }
    }

    private mutating func update(_ change: (inout Account) -> Void) {
        switch self {
        case .nobody, .rejected, .lapsed: break
        case .unconfirmed(var account):
            change(&account)
            self = .unconfirmed(account)
        case .awaitingReview(var account, let reason, let since):
            change(&account)
            self = .awaitingReview(account, reason, since: since)
        case .active(var account):
            change(&account)
            self = .active(account)
        }
    }
}
