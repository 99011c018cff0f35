package import Events

/// The events of accounts, texts and staff by their names on the wire.
package enum AccountEventName: String, WireName {
    case policyPublished = "accounts.policy-published"
    case policyInForce = "accounts.policy-in-force"
    case termsPublished = "accounts.terms-published"
    case termsInForce = "accounts.terms-in-force"
    case signedUp = "accounts.signed-up"
    case emailGiven = "accounts.email-given"
    case municipalityDeclared = "accounts.municipality-declared"
    case passwordSet = "accounts.password-set"
    case policyAccepted = "accounts.policy-accepted"
    case termsAccepted = "accounts.terms-accepted"
    case consentGiven = "accounts.consent-given"
    case consentWithdrawn = "accounts.consent-withdrawn"
    case newsletterAnswered = "accounts.newsletter-answered"
    case mailChoiceSet = "accounts.mail-choice-set"
    case usernameChanged = "accounts.username-changed"
    case confirmed = "accounts.confirmed"
    case signUpLapsed = "accounts.sign-up-lapsed"
    case reviewRequested = "accounts.review-requested"
    case passwordResetRequested = "accounts.password-reset-requested"
    case compromiseReported = "accounts.compromise-reported"
    case emailChangeRequested = "accounts.email-change-requested"
    case emailChanged = "accounts.email-changed"
    case emailChangeUndone = "accounts.email-change-undone"
    case emailChangeSettled = "accounts.email-change-settled"
    case handlingSet = "accounts.handling-set"
    case identityCorrected = "accounts.identity-corrected"
    case closed = "accounts.closed"
    case textsChosen = "accounts.texts-chosen"
    case wayBackRequested = "accounts.way-back-requested"
    case restored = "accounts.restored"
    case deactivated = "accounts.deactivated"
    case returned = "accounts.returned"
    case appealed = "accounts.appealed"
    case appealRejected = "accounts.appeal-rejected"
    case unusedWarned = "accounts.unused-warned"
    case purgeAnnounced = "accounts.purge-announced"
    case purged = "accounts.purged"
    case reviewApproved = "accounts.review-approved"
    case reviewRejected = "accounts.review-rejected"
    case signedIn = "accounts.signed-in"
    case signedOut = "accounts.signed-out"
    case signInsHeldBack = "accounts.sign-ins-held-back"
    case twoFactorEnabled = "accounts.two-factor-enabled"
    case twoFactorDisabled = "accounts.two-factor-disabled"
    case recoveryCodesMade = "accounts.recovery-codes-made"
    case recoveryCodeUsed = "accounts.recovery-code-used"
    case secondFactorShown = "accounts.second-factor-shown"
    case wrongCodesNoticed = "accounts.wrong-codes-noticed"
    case twoFactorResetProposed = "accounts.two-factor-reset-proposed"
    case twoFactorResetDeclined = "accounts.two-factor-reset-declined"
    case twoFactorReset = "accounts.two-factor-reset"
    case roleGranted = "accounts.role-granted"
    case roleRevoked = "accounts.role-revoked"

    package static let prefix = "accounts."

    package var schema: Int {
        switch self {
        // v1 held the answer alone. Consent to advertising must be provable down to the wording of the question
        // (P-15.2), so v2 adds its hash. v1 was never written by a released site; its fixture is read for ever all the same.
        case .newsletterAnswered: 2
        // v1 knew erasures whose time was out only; v2 says why one was ordered sooner.
        case .purged: 2
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .signedUp, .emailGiven,
            .municipalityDeclared, .passwordSet, .policyAccepted, .termsAccepted, .consentGiven, .consentWithdrawn,
            .mailChoiceSet, .usernameChanged, .confirmed, .signUpLapsed, .reviewRequested, .passwordResetRequested,
            .compromiseReported, .emailChangeRequested, .emailChanged, .emailChangeUndone, .emailChangeSettled,
            .handlingSet, .identityCorrected, .closed, .textsChosen, .wayBackRequested, .restored, .deactivated,
            .returned, .appealed,
            .appealRejected, .unusedWarned, .purgeAnnounced, .signedIn, .signedOut, .signInsHeldBack, .roleGranted,
            .roleRevoked,
            .reviewApproved, .reviewRejected, .twoFactorEnabled, .twoFactorDisabled, .recoveryCodesMade,
            .recoveryCodeUsed, .secondFactorShown, .wrongCodesNoticed, .twoFactorResetProposed, .twoFactorResetDeclined,
            .twoFactorReset:
            1
        }
    }
}

extension AccountEvent: NamedEvent {
    package typealias Name = AccountEventName

    package func encoded() -> NewEvent {
        switch self {
        case .policyPublished(let document):
            event(.policyPublished) { json in
                json.code("change", document.change)
                json.hash("hash", document.hash)
                json.published("rules", PublishedText(document.rules.json))
                json.published("text", PublishedText(document.text.markdown))
                json.date("version", document.version)
            }
        case .policyInForce(let version): event(.policyInForce) { $0.date("version", version) }
        case .termsPublished(let document):
            event(.termsPublished) { json in
                json.code("change", document.change)
                json.hash("hash", document.hash)
                json.published("text", PublishedText(document.text.markdown))
                json.date("version", document.version)
            }
        case .termsInForce(let version): event(.termsInForce) { $0.date("version", version) }
        case .signedUp(let identity, at: _): event(.signedUp, identity.sealed { $1.write(to: &$0) })
        case .emailGiven(let email):
            event(.emailGiven, email.sealed { $0.text(.emailAddress, $1.text) })
        case .municipalityDeclared(let municipality):
            event(.municipalityDeclared, municipality.sealed { $0.text(.municipality, $1.code) })
        case .passwordSet(let hash, let cause):
            event(.passwordSet, hash.sealed { $0.text(.passwordHash, $1.phc) }) { $0.code("cause", cause) }
        case .policyAccepted(let acceptance): event(.policyAccepted) { acceptance.write(to: &$0) }
        case .termsAccepted(let acceptance): event(.termsAccepted) { acceptance.write(to: &$0) }
        case .consentGiven(let purpose, let form):
            event(.consentGiven) { json in
                json.hash("form", form)
                json.code("purpose", purpose)
            }
        case .consentWithdrawn(let purpose): event(.consentWithdrawn) { $0.code("purpose", purpose) }
        case .newsletterAnswered(let answer):
            event(.newsletterAnswered) { json in
                json.bool("answer", answer.isYes)
                json.hash("form", answer.form)
            }
        case .mailChoiceSet(let kind, let choice):
            event(.mailChoiceSet) { json in
                json.code("choice", choice)
                json.code("kind", kind)
            }
        case .usernameChanged(let username):
            event(.usernameChanged, username.sealed { $0.text(.username, $1.text) })
        case .confirmed(at: _): event(.confirmed)
        case .signUpLapsed: event(.signUpLapsed)
        case .reviewRequested(let reason, at: _): event(.reviewRequested) { $0.code("reason", reason) }
        case .passwordResetRequested(at: _): event(.passwordResetRequested)
        case .compromiseReported(at: _): event(.compromiseReported)
        case .emailChangeRequested(let email, at: _):
            event(.emailChangeRequested, email.sealed { $0.text(.emailAddress, $1.text) })
        case .emailChanged(at: _): event(.emailChanged)
        case .emailChangeUndone(at: _): event(.emailChangeUndone)
        case .emailChangeSettled: event(.emailChangeSettled)
        case .handlingSet(let handling):
            event(.handlingSet, handling.sealed { $0.text(.handling, $1.rawValue) })
        case .identityCorrected(let identity):
            event(.identityCorrected, identity.sealed { $1.write(to: &$0) })
        case .closed(let closing):
            event(.closed, closing.reasons?.sealed { $1.write(to: &$0) }) { closing.write(to: &$0) }
        case .textsChosen(let choice, let erasing):
            event(.textsChosen) { json in
                json.code("choice", choice)
                json.subjects("erasing", erasing)
            }
        case .wayBackRequested(at: _): event(.wayBackRequested)
        case .restored(at: _): event(.restored)
        case .deactivated(let deactivation):
            event(.deactivated, deactivation.reasons.sealed { $1.write(to: &$0) }) {
                $0.instant("until", deactivation.until)
            }
        case .returned(at: _): event(.returned)
        case .appealed(let text, at: _): event(.appealed, text.sealed { $0.text(.appealText, $1.text) })
        case .appealRejected(let reasons, at: _):
            event(.appealRejected, reasons.sealed { $1.write(to: &$0) })
        case .unusedWarned(at: _): event(.unusedWarned)
        case .purgeAnnounced(at: _): event(.purgeAnnounced)
        case .purged(let order, at: _): event(.purged) { $0.code("order", order) }
        case .twoFactor(let change, at: _): encoded(change)
        case .reviewApproved: event(.reviewApproved)
        case .reviewRejected(let reason, at: _): event(.reviewRejected) { $0.code("reason", reason) }
        case .signedIn(let member, let origin, at: _):
            event(.signedIn, origin.sealed { $1.write(to: &$0) }) { $0.id("member", member) }
        case .signedOut(let cause, at: _): event(.signedOut) { $0.code("cause", cause) }
        case .signInsHeldBack(at: _): event(.signInsHeldBack)
        case .roleGranted(let role, let member): event(.roleGranted) { AccountEvent.write(role, member, to: &$0) }
        case .roleRevoked(let role, let member): event(.roleRevoked) { AccountEvent.write(role, member, to: &$0) }
        }
    }

    private static func write(_ role: Role, _ member: MemberID, to json: inout ClearWriter) {
        json.id("member", member)
        json.code("role", role)
    }
}

extension Held {
    /// Nothing is written of a value that is erased.
    func sealed(_ write: (inout SealedWriter, Value) -> Void) -> SealedPart {
        SealedPart(subject, of: owner) { json in
            if let value = value.value { write(&json, value) }
        }
    }
}

extension Identity {
    fileprivate func write(to json: inout SealedWriter) {
        json.text(.name, name.text)
        json.text(.personalIdentityNumber, number.twelveDigits)
        json.text(.sex, correctedSex?.rawValue)
        json.text(.username, username.text)
    }
}

extension SignInOrigin {
    fileprivate func write(to json: inout SealedWriter) {
        json.text(.signInAddress, address)
        json.text(.signInDevice, device)
    }
}

extension Acceptance {
    fileprivate func write(to json: inout ClearWriter) {
        json.hash("form", form)
        json.hash("text", text)
        json.date("version", version)
    }
}

extension Closing {
    fileprivate func write(to json: inout ClearWriter) {
        json.code("cause", cause)
        json.subjects("marked", marked)
        json.hash("receipt", receipt)
        json.code("texts", texts)
    }
}

extension StatementOfReasons {
    fileprivate func write(to json: inout SealedWriter) {
        json.text(.statementFacts, facts)
        json.text(.statementRule, rule)
    }
}
