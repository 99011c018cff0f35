package import Accounts
import Events

/// The mails that the site sends automatically, each about one member; the raw value is stored in the outbox.
package enum SiteMail: String, CaseIterable, Sendable {
    /// To the address typed at sign-up, whether or not it already belongs to a member (P-06.1, P-16.6).
    case confirmAddress = "confirm-address"
    /// To the holder of the personal identity number that was used in another sign-up (P-16.6).
    case numberUsed = "number-used"
    case newPassword = "new-password"
    case passwordChanged = "password-changed"
    /// Strangers try passwords, and only known devices can sign in (P-08.2).
    case signInsHeldBack = "sign-ins-held-back"
    /// To administrators: the first notice of its kind of the day (P-08.2).
    case securityNoticed = "security-noticed"
    case usernameChanged = "username-changed"
    /// An administrator has signed the member out everywhere, and why.
    case sessionsEnded = "sessions-ended"
    /// To the address that a member wants to change to (P-12.4).
    case confirmNewAddress = "confirm-new-address"
    /// To the member's previous address, with the link that undoes the change (P-12.2).
    case addressChanged = "address-changed"
    /// To the address that the undoing has restored.
    case addressChangeUndone = "address-change-undone"
    /// With the link to a new password (P-12.2).
    case accountCompromised = "account-compromised"
    /// The same to the previous address, while the change can be undone.
    case accountCompromisedPrevious = "account-compromised-previous"
    /// The mails about the second factor go to its owner, because another person may have made the change.
    case twoFactorEnabled = "two-factor-enabled"
    case twoFactorDisabled = "two-factor-disabled"
    case recoveryCodesMade = "recovery-codes-made"
    /// States how many codes are left, and asks the member to make new ones when they are few.
    case recoveryCodeUsed = "recovery-code-used"
    case wrongCodes = "wrong-codes"
    case twoFactorResetProposed = "two-factor-reset-proposed"
    case twoFactorReset = "two-factor-reset"
    case correctionDecided = "correction-decided"
    /// To the registered address: the account is closed, and how to restore it (P-16.1).
    case closed
    /// To the previous address, while the change of address can still be undone (P-12.2).
    case closedToPrevious = "closed-to-previous"
    /// The reasons, and how to appeal (P-16.4).
    case closedForBreach = "closed-for-breach"
    case deactivated
    /// The account's number is another account's: the rule, and how to appeal; the same words whatever the reason (P-16.6).
    case duplicateEnded = "duplicate-ended"
    /// Asked for with a typed address, by anyone.
    case restoreLink = "way-back"
    case restored
    case restoredToPrevious = "restored-to-previous"
    case appealRejected = "appeal-rejected"
    /// The account has not been used for long, and what follows (P-16.4).
    case unusedWarned = "unused-warned"
    /// Everything is erased soon; sent while the account can still be restored (P-16.3).
    case purgeAnnounced = "purge-announced"
    /// At the erasure: written while the address can still be opened, sent once, and never stored.
    case purged
    /// To an applicant whose sign-up a person has reviewed (P-16.6).
    case reviewApproved = "review-approved"
    case reviewRejected = "review-rejected"
    /// To every member: a major version was published and will take effect (P-01.3).
    case policyChanged = "policy-changed"
    case termsChanged = "terms-changed"
    /// A newsletter issue, to each subscriber (P-09.2).
    case newsletter
    /// The same to the administrator who previews it.
    case newsletterTest = "newsletter-test"
    /// The automatic receipt for what was sent in (P-18.2).
    case caseReceipt = "case-receipt"
    case caseTrouble = "case-trouble"
    case caseReplied = "case-replied"
    case caseDecided = "case-decided"
    case caseExtended = "case-extended"
    /// A rule has closed the case, because the party did not answer the staff.
    case caseEnded = "case-ended"
    /// To the member that a dispute is about (P-08.4).
    case disputeOpened = "dispute-opened"
    /// To the administration: a question has waited for long.
    case caseDue = "case-due"
    /// To moderators and administrators: a report is waiting. At most once in `ReportMails.pause` (P-18.2).
    case reportsWaiting = "reports-waiting"
    /// To the author: a moderator's decision about a text, and the reasons (DSA Art. 17).
    case textRemoved = "text-removed"
    case textReinstated = "text-reinstated"
    /// News for the member, sent at once (P-15.1).
    case newMessage = "new-message"
    case newReply = "new-reply"
    case newMention = "new-mention"
    case newQuote = "new-quote"
    case newWatched = "new-watched"
    /// All news of a day in one mail; the member's choices are read when it is written.
    case digest

    /// The mails that an event asks for, to the member in whose stream it is.
    package static func due(after event: MemberEvent) -> [SiteMail] {
        switch event {
        case .registration(let event): due(after: event)
        case .email(let event): due(after: event)
        case .password(let event): due(after: event)
        case .twoFactor(let event): due(after: event)
        case .closing(let event): due(after: event)
        case .profile(.usernameChanged): [.usernameChanged]
        case .profile(.numberUsed): [.numberUsed]
        case .profile(.municipalityDeclared), .profile(.municipalityWithdrawn), .profile(.identityProtectionSet),
            .profile(.identityCorrected), .profile(.numberSet), .consent:
            []
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
        case .given, .changeCompleted: []
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
        case .closed(let decision): [closed(for: decision.cause), .closedToPrevious]
        case .deactivated: [.deactivated]
        case .restoreLinkRequested: [.restoreLink]
        case .restored: [.restored, .restoredToPrevious]
        case .appealRejected: [.appealRejected]
        case .unusedWarned: [.unusedWarned]
        case .purgeAnnounced: [.purgeAnnounced]
        case .textsChosen, .returned, .appealed, .purged: []
        }
    }

    private static func closed(for cause: ClosingCause) -> SiteMail {
        switch cause {
        case .own, .unreturned, .unused: .closed
        case .breach: .closedForBreach
        case .duplicate: .duplicateEnded
        }
    }

    /// The same for events of a request for correction.
    package static func due(after event: CorrectionEvent) -> [SiteMail] {
        switch event {
        case .decided: [.correctionDecided]
        case .requested, .compared: []
        }
    }
}
