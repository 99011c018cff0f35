package import Events

/// A member's phase, from sign-up on.
package enum Member: Hashable, Sendable {
    /// No sign-up with this id.
    case nobody
    /// Signed up: reserves nothing, sees nothing, and is erased when the time to confirm has run out (P-06.1).
    case unconfirmed(Account)
    /// The e-mail address is confirmed, but staff must review the sign-up first. Reserves nothing. Found in logs from before such sign-ups
    /// became accounts without the number (P-16.6).
    case awaitingReview(Account, ReviewReason, since: Instant)
    case active(Account)
    /// Reviewed and turned down. Stored until the mail that says so has been sent.
    case rejected(Account, since: Instant)
    /// Suspended by the administration; hidden like a closed account (P-16.4).
    case deactivated(Account, Deactivation)
    /// Visible only to the administration, and stored until it is purged (P-16.2, P-16.6).
    case closed(Account, Closing)
    /// Never became a member, and is erased.
    case lapsed(Account)
    /// All data about the member are erased (P-16.3).
    case purged(at: Instant)
}

/// The data of a person who has signed up, in any phase.
package struct Account: Hashable, Sendable {
    package let signedUpAt: Instant
    package internal(set) var identity: Sealed<Identity>
    package internal(set) var email: Sealed<EmailAddress>?
    /// A requested address; confirmed once it has become `email`.
    package internal(set) var emailChange: EmailChange?
    /// The previous address, until the change can no longer be undone (P-12.2).
    package internal(set) var previousEmail: PreviousEmail?
    package internal(set) var municipality: Sealed<Municipality>?
    package internal(set) var password: Sealed<PasswordHash>?
    package internal(set) var identityProtection: Sealed<IdentityProtection>?
    package internal(set) var policy: Acceptance?
    package internal(set) var terms: Acceptance?
    package internal(set) var consents: Set<ConsentPurpose> = []
    package internal(set) var newsletter: NewsletterAnswer?
    package internal(set) var mailChoices: [MailKind: MailChoice] = [:]
    package internal(set) var confirmedAt: Instant?
    /// Since when the account is without its number, which is another account's; nil for an account that holds it (P-16.6).
    package internal(set) var duplicateSince: Instant?
    /// When the member was last told that another person registered with her number.
    package internal(set) var numberUsedAt: Instant?
    /// Times of the first and last password reset requests whose links still work, unless expired. Nil when there are none: a new password,
    /// a report of compromise and a change of address void earlier ones.
    package internal(set) var resetRequests: ClosedRange<Instant>?
    /// When the member was last notified that strangers try passwords.
    package internal(set) var signInsHeldBackAt: Instant?
    package internal(set) var twoFactor: TwoFactor?
    package internal(set) var resetProposal: ResetProposal?
    /// When several wrong codes were last noticed.
    package internal(set) var wrongCodesAt: Instant?
    /// When the account was last restored or its deactivation ended (P-01.3).
    package internal(set) var returnedAt: Instant?
    /// The warnings sent because the account is unused (P-16.4).
    package internal(set) var unusedWarnings: [Instant] = []
}

/// A requested change of address.
package struct EmailChange: Hashable, Sendable {
    package let email: Sealed<EmailAddress>
    package let requestedAt: Instant
    package internal(set) var isConfirmed = false

    package var unconfirmed: Sealed<EmailAddress>? { isConfirmed ? nil : email }
}

/// The previous address, to which the change can be undone.
package struct PreviousEmail: Hashable, Sendable {
    package let email: Sealed<EmailAddress>
    package let replacedAt: Instant
}

extension Member {
    package var account: Account? {
        switch self {
        case .nobody, .purged: nil
        case .unconfirmed(let account), .awaitingReview(let account, _, _), .active(let account),
            .rejected(let account, _), .lapsed(let account), .deactivated(let account, _), .closed(let account, _):
            account
        }
    }

    /// The account of a member who may use the site.
    package var active: Account? {
        switch self {
        case .active(let account): account
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .deactivated, .closed, .lapsed, .purged: nil
        }
    }

    package var closing: Closing? {
        if case .closed(_, let closing) = self { closing } else { nil }
    }

    package var deactivation: Deactivation? {
        if case .deactivated(_, let deactivation) = self { deactivation } else { nil }
    }
}

extension Member: EventSourced {
    package typealias Event = MemberEvent

    package static var initial: Member { .nobody }

    package mutating func evolve(_ event: MemberEvent, at time: Instant) {
        switch event {
        case .registration(let event): evolve(event, at: time)
        case .email(let event): update { $0.evolve(event, at: time) }
        case .profile(let event): update { $0.evolve(event, at: time) }
        case .consent(let event): update { $0.evolve(event) }
        case .password(let event): update { $0.evolve(event, at: time) }
        case .twoFactor(let event): update { $0.evolve(event, at: time) }
        case .closing(let event): evolve(event, at: time)
        }
    }

    private mutating func evolve(_ event: RegistrationEvent, at time: Instant) {
        switch event {
        case .signedUp(let identity): self = .unconfirmed(Account(signedUpAt: time, identity: identity))
        case .reviewRequested(let reason):
            if let account { self = .awaitingReview(account, reason, since: time) }
        case .reviewApproved: break
        case .reviewRejected:
            if let account { self = .rejected(account, since: time) }
        case .confirmed(let standing):
            update { account in
                account.confirmedAt = time
                account.evolve(standing, at: time)
            }
            if let account { self = .active(account) }
        case .signUpLapsed:
            if let account { self = .lapsed(account) }
        }
    }

    private mutating func evolve(_ event: ClosingEvent, at time: Instant) {
        switch event {
        case .closed(let decision):
            update { $0.leave() }
            if let account { self = .closed(account, Closing(decision, at: time)) }
        case .textsChosen(let choice, let erasing): updateClosing { $0.choose(choice, erasing) }
        case .restoreLinkRequested: break
        case .deactivated(let decision):
            update { $0.leave() }
            if let account { self = .deactivated(account, Deactivation(decision, at: time)) }
        case .restored, .returned:
            update { account in
                account.unusedWarnings = []
                account.returnedAt = time
            }
            if let account { self = .active(account) }
        case .appealed(let text): updateAppeal(.made(text, at: time))
        case .appealRejected(let reasons): updateAppeal(.rejected(reasons, at: time))
        case .unusedWarned: update { $0.unusedWarnings.append(time) }
        case .purgeAnnounced: updateClosing { $0.announcedAt = time }
        case .purged: self = .purged(at: time)
        }
    }

    private mutating func update(_ change: (inout Account) -> Void) {
        switch self {
        case .nobody, .rejected, .lapsed, .purged: break
        case .unconfirmed(var account):
            change(&account)
            self = .unconfirmed(account)
        case .awaitingReview(var account, let reason, let since):
            change(&account)
            self = .awaitingReview(account, reason, since: since)
        case .active(var account):
            change(&account)
            self = .active(account)
        case .deactivated(var account, let deactivation):
            change(&account)
            self = .deactivated(account, deactivation)
        case .closed(var account, let closing):
            change(&account)
            self = .closed(account, closing)
        }
    }

    private mutating func updateClosing(_ change: (inout Closing) -> Void) {
        guard case .closed(let account, var closing) = self else { return }
        change(&closing)
        self = .closed(account, closing)
    }

    private mutating func updateAppeal(_ appeal: Appeal) {
        if case .deactivated(let account, var deactivation) = self {
            deactivation.appeal = appeal
            self = .deactivated(account, deactivation)
        }
        updateClosing { $0.appeal = appeal }
    }
}
