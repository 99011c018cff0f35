package import Events

/// What has happened to members, and to the texts that promise them something.
package indirect enum AccountEvent: Hashable, Sendable {
    case policyPublished(PolicyDocument)
    case policyInForce(CalendarDate)
    case termsPublished(TermsDocument)
    case termsInForce(CalendarDate)

    case signedUp(Held<Identity>, at: Instant)
    case emailGiven(Held<EmailAddress>)
    case municipalityDeclared(Held<Municipality>)
    case passwordSet(Held<PasswordHash>, PasswordCause)
    case policyAccepted(Acceptance)
    case termsAccepted(Acceptance)
    case consentGiven(ConsentPurpose, form: TextHash)
    case consentWithdrawn(ConsentPurpose)
    case newsletterAnswered(NewsletterAnswer)
    case mailChoiceSet(MailKind, MailChoice)
    case usernameChanged(Held<Username>)
    case confirmed(at: Instant)
    case signUpLapsed
    case reviewRequested(ReviewReason, at: Instant)
    case passwordResetRequested(at: Instant)
    case compromiseReported(at: Instant)
    case twoFactor(TwoFactorEvent, at: Instant)
    case reviewApproved
    case reviewRejected(RejectionReason, at: Instant)

    case emailChangeRequested(Held<EmailAddress>, at: Instant)
    case emailChanged(at: Instant)
    case emailChangeUndone(at: Instant)
    case emailChangeSettled
    case handlingSet(Held<Handling>)
    case identityCorrected(Held<Identity>)

    case closed(Closing)
    case textsChosen(TextsChoice, erasing: [Subject])
    case wayBackRequested(at: Instant)
    case restored(at: Instant)
    case deactivated(Deactivation)
    case returned(at: Instant)
    case appealed(Held<AppealText>, at: Instant)
    case appealRejected(Held<StatementOfReasons>, at: Instant)
    case unusedWarned(at: Instant)
    case purgeAnnounced(at: Instant)
    /// With the reason when it was ordered before the time was out.
    case purged(PurgeReason?, at: Instant)

    case signedIn(MemberID, Held<SignInOrigin>, at: Instant)
    case signedOut(SignOutCause, at: Instant)
    /// The attempts allowed from all networks together are used up: only known devices are let in for a while (P-08.2).
    case signInsHeldBack(at: Instant)

    case roleGranted(Role, MemberID)
    case roleRevoked(Role, MemberID)
}

/// A personal value with the subject under whose key it is sealed, and whose it is.
package struct Held<Value: Hashable & Sendable>: Hashable, Sendable {
    package let subject: Subject
    package let owner: Owner
    package let value: Personal<Value>

    package init(_ value: Value, _ kind: SubjectKind, of member: MemberID, createdBy command: CommandID) {
        self.init(.known(value), under: Subject(kind, createdBy: command), of: Owner(member))
    }

    init(_ value: Personal<Value>, under subject: Subject, of owner: Owner) {
        self.subject = subject
        self.owner = owner
        self.value = value
    }
}

/// Who somebody is: the part of a member that no other member has.
package struct Identity: Hashable, Sendable, Discreet {
    package let name: PersonName
    package let number: PersonalIdentityNumber
    /// Only where it was corrected; else the number says it.
    package let correctedSex: Sex?
    package var username: Username

    package init(
        name: PersonName, number: PersonalIdentityNumber, correctedSex: Sex? = nil, username: Username
    ) {
        self.name = name
        self.number = number
        self.correctedSex = correctedSex
        self.username = username
    }

    package var sex: Sex { correctedSex ?? number.sex }
}

/// The version of a text that was accepted, and the form on which it was (P-01.1).
package struct Acceptance: Hashable, Sendable {
    package let version: CalendarDate
    package let text: TextHash
    /// Of the form's wording, as it was shown.
    package let form: TextHash

    package init(version: CalendarDate, text: TextHash, form: TextHash) {
        self.version = version
        self.text = text
        self.form = form
    }
}

/// What a consent of its own is for (P-01.1).
package enum ConsentPurpose: String, ClosedCode, CaseIterable {
    /// Completing and checking data against the population register (P-07.2).
    case registerLookup = "register-lookup"
    /// Showing the name to other members (P-11.2).
    case visibleName = "visible-name"
    /// Showing age and sex to other members, both or neither (P-11.2).
    case visibleAgeAndSex = "visible-age-and-sex"

    /// Whether it is one of the switches that show something to other members.
    package var isVisibility: Bool {
        switch self {
        case .registerLookup: false
        case .visibleName, .visibleAgeAndSex: true
        }
    }
}

/// Whether somebody wants the newsletter (P-15.2).
package struct NewsletterAnswer: Hashable, Sendable {
    package let isYes: Bool
    /// Of the question's wording; nil in answers from before it was recorded.
    package let form: TextHash?

    package init(isYes: Bool, form: TextHash?) {
        self.isYes = isYes
        self.form = form
    }
}

/// How a password came to be the one it is.
package enum PasswordCause: String, ClosedCode, CaseIterable {
    case chosen, changed, reset
    /// The same password under a slower hash.
    case rehashed
}

/// Why a person has to look at a sign-up before it becomes a member.
package enum ReviewReason: String, ClosedCode, CaseIterable {
    /// The personal identity number belongs to another member (P-16.6).
    case numberTaken = "number-taken"
}

/// Why a sign-up did not become a member. Nobody but the staff is told.
package enum RejectionReason: String, ClosedCode, CaseIterable {
    /// Nothing shows that the personal identity number belongs to whoever signed up.
    case numberNotProved = "number-not-proved"
    /// The e-mail address or the username belongs to another member by now.
    case namesTaken = "names-taken"
    /// Whoever signed up does not want to be a member any more.
    case withdrawn
}

/// From where somebody signed in.
package struct SignInOrigin: Hashable, Sendable, Discreet {
    package let address: String
    package let device: String

    /// - Parameter device: as it calls itself; a long name is cut off.
    package init(address: String, device: String) {
        self.address = address
        self.device = String(device.prefix(200))
    }
}

/// Why a session ended.
package enum SignOutCause: String, ClosedCode, CaseIterable {
    /// By the button.
    case chosen
    /// Unused for longer than the policy says.
    case expired
    /// Ended from another device, or because the password changed.
    case ended
}
