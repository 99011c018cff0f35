/// Every field of personal data that the system holds. The register of processing (GDPR Art. 30, P-08.1) is made from it.
///
/// Settings, access report and erasure switch over it without `default`: a new case does not compile until each of them has an answer.
package enum PersonalField: String, CaseIterable, Sendable {
    case appealText = "appeal-text"
    /// Which posts a member has marked, outside the log.
    case bookmark
    case bookmarkNote = "bookmark-note"
    case caseContact = "case-contact"
    case caseContactName = "case-contact-name"
    /// The Message-ID of a mail, which answers to it repeat.
    case caseMailID = "case-mail-id"
    /// Opens the raw mail, a sealed file outside the log.
    case caseMailKey = "case-mail-key"
    case caseNote = "case-note"
    case caseReasons = "case-reasons"
    case caseReply = "case-reply"
    case caseReplyTo = "case-reply-to"
    case caseRule = "case-rule"
    case caseSubject = "case-subject"
    case caseTarget = "case-target"
    case caseText = "case-text"
    case categoryDescription = "category-description"
    case categoryName = "category-name"
    case categorySlug = "category-slug"
    case comparison
    case correctedValue = "corrected-value"
    case correctionGrounds = "correction-grounds"
    case decisionReason = "decision-reason"
    /// A text that is not sent, outside the log.
    case draftText = "draft-text"
    case emailAddress = "email-address"
    case identityProtection = "handling"
    case holdReference = "hold-reference"
    case identityVerdict = "identity-verdict"
    case messageReport = "message-report"
    case messageText = "message-text"
    case municipality
    case name
    case newsletterBody = "newsletter-body"
    case newsletterSubject = "newsletter-subject"
    case passwordHash = "password-hash"
    case personalIdentityNumber = "personal-identity-number"
    case postBody = "post-body"
    /// What the member has read: positions in the log, kept in a file of their own and never in an event.
    case readMarker = "read-marker"
    case recoveryCodes = "recovery-codes"
    case resetReason = "reset-reason"
    case sex
    case signInAddress = "sign-in-address"
    case signInDevice = "sign-in-device"
    case staffNameDigest = "staff-name-digest"
    case statementFacts = "statement-facts"
    case statementRule = "statement-rule"
    case threadTitle = "thread-title"
    case twoFactorSecret = "two-factor-secret"
    case username
    case viewingNote = "viewing-note"

    package var purpose: Purpose {
        switch self {
        case .name, .username, .emailAddress, .municipality, .sex, .identityProtection: .account
        case .personalIdentityNumber: .oneAccountPerPerson
        case .passwordHash, .twoFactorSecret, .recoveryCodes, .resetReason, .signInAddress, .signInDevice,
            .staffNameDigest, .viewingNote:
            .security
        case .postBody, .threadTitle, .bookmark, .bookmarkNote, .draftText, .categoryName, .categorySlug,
            .categoryDescription:
            .forum
        case .statementRule, .statementFacts, .appealText, .messageReport: .moderation
        case .messageText, .readMarker: .messages
        case .comparison, .correctedValue, .correctionGrounds, .decisionReason: .rights
        case .holdReference: .disclosure
        case .newsletterSubject, .newsletterBody: .newsletter
        case .caseContact, .caseContactName, .caseMailID, .caseMailKey, .caseNote, .caseReasons, .caseReply,
            .caseReplyTo, .caseRule, .caseSubject, .caseTarget, .caseText, .identityVerdict:
            .cases
        }
    }

    package var legalBasis: LegalBasis {
        switch self {
        case .name, .username, .emailAddress, .municipality, .sex, .identityProtection, .postBody, .threadTitle,
            .messageText, .readMarker, .bookmark, .bookmarkNote, .draftText:
            .contract
        case .personalIdentityNumber: .clearlyJustifiedNumber
        case .passwordHash, .twoFactorSecret, .recoveryCodes, .resetReason, .signInAddress, .signInDevice,
            .staffNameDigest, .viewingNote, .categoryName, .categorySlug, .categoryDescription, .statementRule,
            .statementFacts, .appealText, .messageReport:
            .legitimateInterest
        case .newsletterSubject, .newsletterBody: .legitimateInterest
        case .comparison, .correctedValue, .correctionGrounds, .decisionReason, .holdReference: .legalObligation
        case .caseContact, .caseContactName, .caseMailID, .caseMailKey, .caseReply, .caseReplyTo, .caseSubject,
            .caseTarget, .caseText:
            .contract
        case .caseNote: .legitimateInterest
        case .caseReasons, .caseRule, .identityVerdict: .legalObligation
        }
    }

    package var retention: Retention {
        switch self {
        case .name, .username, .emailAddress, .municipality, .personalIdentityNumber, .sex, .identityProtection,
            .statementRule,
            .statementFacts, .appealText, .messageReport, .viewingNote, .holdReference, .resetReason:
            .untilPurge
        case .passwordHash, .twoFactorSecret, .recoveryCodes: .untilReplaced
        case .signInAddress, .signInDevice: .signInDetails
        case .staffNameDigest: .formerStaffName
        case .comparison, .correctedValue, .correctionGrounds, .decisionReason: .correctionCase
        case .caseContact, .caseContactName, .caseMailID, .caseMailKey, .caseNote, .caseReasons, .caseReply,
            .caseReplyTo, .caseRule, .caseSubject, .caseTarget, .caseText, .identityVerdict:
            .closedCase
        case .postBody, .threadTitle, .messageText: .authorsChoiceAtClosing
        case .readMarker: .reading
        case .draftText: .drafts
        case .bookmark, .bookmarkNote: .untilRemoved
        case .categoryName, .categorySlug, .categoryDescription: .untilReplaced
        case .newsletterSubject, .newsletterBody: .untilWithdrawn
        }
    }
}

/// Why a field is held (P-08.1).
package enum Purpose: String, ClosedCode, CaseIterable {
    case account, security, forum, messages, moderation, rights, disclosure
    /// An immutable history, with which compliance with the policy can be shown.
    case accountability
    case oneAccountPerPerson = "one-account-per-person"
    case visitLog = "visit-log"
    case newsletter
    case serviceMail = "service-mail"
    case cases
}

/// GDPR Art. 6, and for the personal identity number dataskyddslagen (2018:218) 3 kap. 10 §.
package enum LegalBasis: String, ClosedCode {
    case contract
    case legitimateInterest = "legitimate-interest"
    case consent
    case legalObligation = "legal-obligation"
    case clearlyJustifiedNumber = "clearly-justified-number"
}

/// The rule of the policy in force that ends the retention of a field.
package enum Retention: String, ClosedCode {
    case untilPurge = "until-purge"
    case untilReplaced = "until-replaced"
    case visitLog = "visit-log"
    case signInDetails = "sign-in-details"
    case reading, drafts
    case untilRemoved = "until-removed"
    case formerStaffName = "former-staff-name"
    case correctionCase = "correction-case"
    case authorsChoiceAtClosing = "authors-choice-at-closing"
    case untilWithdrawn = "until-withdrawn"
    case closedCase = "closed-case"
}
