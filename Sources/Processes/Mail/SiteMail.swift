package import Accounts
import Events

/// The mails that the site sends by itself, each about one member. The raw value is kept in the outbox.
package enum SiteMail: String, CaseIterable, Sendable {
    /// To the address that somebody typed when signing up, whoever is registered (P-06.1, P-16.6).
    case confirmAddress = "confirm-address"
    /// To the member whose personal identity number somebody else signed up with (P-16.6).
    case numberUsed = "number-used"
    case newPassword = "new-password"
    case passwordChanged = "password-changed"
    /// That strangers try passwords, and only known devices are let in (P-08.2).
    case signInsHeldBack = "sign-ins-held-back"
    case usernameChanged = "username-changed"
    /// That an administrator has signed her out everywhere, and why.
    case sessionsEnded = "sessions-ended"
    /// To the address that a member wants instead of the present one (P-12.4).
    case confirmNewAddress = "confirm-new-address"
    /// To the address that was the member's until now, with the link that undoes the change (P-12.2).
    case addressChanged = "address-changed"
    /// To the address that is the member's again.
    case addressChangeUndone = "address-change-undone"
    /// With the link to a new password (P-12.2).
    case accountCompromised = "account-compromised"
    /// The same to the previous address, as long as the change can be undone.
    case accountCompromisedPrevious = "account-compromised-previous"
    /// About the second factor, to its owner: somebody else may have done it.
    case twoFactorEnabled = "two-factor-enabled"
    case twoFactorDisabled = "two-factor-disabled"
    case recoveryCodesMade = "recovery-codes-made"
    /// Says how many are left, and asks for new ones when they are few.
    case recoveryCodeUsed = "recovery-code-used"
    case wrongCodes = "wrong-codes"
    case twoFactorResetProposed = "two-factor-reset-proposed"
    case twoFactorReset = "two-factor-reset"
    case correctionDecided = "correction-decided"
    /// To the registered address: that the account is closed, and the way back (P-16.1).
    case closed
    /// To the address before, while the change can still be undone (P-12.2).
    case closedToPrevious = "closed-to-previous"
    /// The reasons, and how to appeal (P-16.4).
    case closedForBreach = "closed-for-breach"
    case deactivated
    /// Asked for by somebody who typed the address.
    case restoreLink = "way-back"
    case restored
    case restoredToPrevious = "restored-to-previous"
    case appealRejected = "appeal-rejected"
    /// That nobody has signed in for long, and what comes of it (P-16.4).
    case unusedWarned = "unused-warned"
    /// That everything is erased soon, while the way back is still open (P-16.3).
    case purgeAnnounced = "purge-announced"
    /// At the erasure: written before the address is gone, sent once, and never kept.
    case purged
    /// To somebody whose sign-up a person has looked at (P-16.6).
    case reviewApproved = "review-approved"
    case reviewRejected = "review-rejected"
    /// To every member: that a major version was published, before it takes effect (P-01.3).
    case policyChanged = "policy-changed"
    case termsChanged = "terms-changed"
    /// An issue of the newsletter, to whoever has asked for it (P-09.2).
    case newsletter
    /// The same to the administrator who wants to see it first.
    case newsletterTest = "newsletter-test"
    /// That something has come, at once and by itself (P-18.2).
    case caseReceipt = "case-receipt"
    case caseTrouble = "case-trouble"
    case caseReplied = "case-replied"
    case caseDecided = "case-decided"
    case caseExtended = "case-extended"
    /// To the member whom a dispute is with (P-08.4).
    case disputeOpened = "dispute-opened"
    /// To the administration: a question has waited for long.
    case caseDue = "case-due"
    /// To those who decide: something reported waits. At most once in `ReportMails.pause` (P-18.2).
    case reportsWaiting = "reports-waiting"
    /// To the author: what a moderator has decided about a text, and why (DSA Art. 17).
    case textRemoved = "text-removed"
    case textReinstated = "text-reinstated"
    /// That there is something new, at once (P-15.1).
    case newMessage = "new-message"
    case newReply = "new-reply"
    case newMention = "new-mention"
    case newQuote = "new-quote"
    case newWatched = "new-watched"
    /// The same, once a day for all of it; each kind's choice is looked at when it is written.
    case digest

    /// The mails that an event asks for, about the member in whose stream it is.
    package static func due(after event: MemberEvent) -> [SiteMail] {
        switch event {
        case .registration(let event): due(after: event)
        case .email(let event): due(after: event)
        case .password(let event): due(after: event)
        case .twoFactor(let event): due(after: event)
        case .closing(let event): due(after: event)
        case .profile(.usernameChanged): [.usernameChanged]
        case .profile(.municipalityDeclared), .profile(.handlingSet), .profile(.identityCorrected), .consent: []
        }
    }

    private static func due(after event: RegistrationEvent) -> [SiteMail] {
        switch event {
        case .signedUp: [.confirmAddress]
        case .reviewRequested(.numberTaken): [.numberUsed]
        case .reviewApproved: [.reviewApproved]
        case .reviewRejected: [.reviewRejected]
        case .confirmed, .signUpLapsed: []
        }
    }

    private static func due(after event: EmailEvent) -> [SiteMail] {
        switch event {
        case .changeRequested: [.confirmNewAddress]
        case .changed: [.addressChanged]
        case .changeUndone: [.addressChangeUndone]
        case .given, .changeSettled: []
        }
    }

    private static func due(after event: PasswordEvent) -> [SiteMail] {
        switch event {
        case .set(_, .changed), .set(_, .reset): [.passwordChanged]
        case .set(_, .chosen), .set(_, .rehashed): []
        case .resetRequested: [.newPassword]
        case .compromiseReported: [.accountCompromised, .accountCompromisedPrevious]
        case .signInsHeldBack: [.signInsHeldBack]
        }
    }

    private static func due(after event: TwoFactorEvent) -> [SiteMail] {
        switch event {
        case .enabled: [.twoFactorEnabled]
        case .disabled: [.twoFactorDisabled]
        case .codesMade: [.recoveryCodesMade]
        case .codeUsed: [.recoveryCodeUsed]
        case .wrongCodes: [.wrongCodes]
        case .resetProposed: [.twoFactorResetProposed]
        case .reset: [.twoFactorReset]
        case .shown, .resetDeclined: []
        }
    }

    private static func due(after event: ClosingEvent) -> [SiteMail] {
        switch event {
        case .closed(let decision): [decision.cause == .breach ? .closedForBreach : .closed, .closedToPrevious]
        case .deactivated: [.deactivated]
        case .restoreLinkRequested: [.restoreLink]
        case .restored: [.restored, .restoredToPrevious]
        case .appealRejected: [.appealRejected]
        case .unusedWarned: [.unusedWarned]
        case .purgeAnnounced: [.purgeAnnounced]
        case .textsChosen, .returned, .appealed, .purged: []
        }
    }

    /// The same for what happens to a request for correction.
    package static func due(after event: CorrectionEvent) -> [SiteMail] {
        switch event {
        case .decided: [.correctionDecided]
        case .requested, .compared: []
        }
    }

    /// The kind that a member can switch off; nil for mails that have to arrive (P-15.1).
    package var kind: MailKind? {
        switch self {
        case .newMessage: .privateMessage
        case .newReply: .reply
        case .newMention: .mention
        case .newQuote: .quote
        case .newWatched: .watched
        case .confirmAddress, .numberUsed, .newPassword, .passwordChanged, .signInsHeldBack, .usernameChanged,
            .sessionsEnded,
            .confirmNewAddress,
            .addressChanged, .addressChangeUndone, .accountCompromised, .accountCompromisedPrevious,
            .twoFactorEnabled, .twoFactorDisabled, .recoveryCodesMade, .recoveryCodeUsed, .wrongCodes,
            .twoFactorResetProposed, .twoFactorReset,
            .correctionDecided, .closed, .closedToPrevious, .closedForBreach, .deactivated, .restoreLink, .restored,
            .restoredToPrevious, .appealRejected, .unusedWarned, .purgeAnnounced, .purged,
            .reviewApproved, .reviewRejected, .policyChanged, .termsChanged, .caseReceipt, .caseTrouble, .caseReplied,
            .caseDecided, .caseExtended, .disputeOpened, .caseDue, .reportsWaiting, .digest, .newsletter,
            .newsletterTest, .textRemoved,
            .textReinstated:
            nil
        }
    }
}
