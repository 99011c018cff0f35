/// Every field of personal data that the system holds. The register of processing (GDPR Art. 30, P-08.1) is made from it.
///
/// Settings, access report and erasure switch over it without `default`: a new case does not compile until each of them has an answer.
package enum PersonalField: String, CaseIterable, Sendable {
    case categoryDescription = "category-description"
    case categoryName = "category-name"
    case categorySlug = "category-slug"
    case emailAddress = "email-address"
    case municipality
    case name
    case passwordHash = "password-hash"
    case personalIdentityNumber = "personal-identity-number"
    case postBody = "post-body"
    case signInAddress = "sign-in-address"
    case signInDevice = "sign-in-device"
    case threadTitle = "thread-title"
    case username

    package var purpose: Purpose {
        switch self {
        case .name, .username, .emailAddress, .municipality: .account
        case .personalIdentityNumber: .oneAccountPerPerson
        case .passwordHash, .signInAddress, .signInDevice: .security
        case .postBody, .threadTitle, .categoryName, .categorySlug, .categoryDescription: .forum
        }
    }

    package var legalBasis: LegalBasis {
        switch self {
        case .name, .username, .emailAddress, .municipality, .postBody, .threadTitle: .contract
        case .personalIdentityNumber: .clearlyJustifiedNumber
        case .passwordHash, .signInAddress, .signInDevice, .categoryName, .categorySlug, .categoryDescription:
            .legitimateInterest
        }
    }

    package var retention: Retention {
        switch self {
        case .name, .username, .emailAddress, .municipality, .personalIdentityNumber: .untilPurge
        case .passwordHash: .untilReplaced
        case .signInAddress, .signInDevice: .visitLog
        case .postBody, .threadTitle: .authorsChoiceAtClosing
        case .categoryName, .categorySlug, .categoryDescription: .untilReplaced
        }
    }
}

/// Why a field is held (P-08.1).
package enum Purpose: String, ClosedCode {
    case account, security, forum
    case oneAccountPerPerson = "one-account-per-person"
    case visitLog = "visit-log"
}

/// GDPR Art. 6, and for the personal identity number dataskyddslagen (2018:218) 3 kap. 10 §.
package enum LegalBasis: String, ClosedCode {
    case contract
    case legitimateInterest = "legitimate-interest"
    case consent
    case legalObligation = "legal-obligation"
    case clearlyJustifiedNumber = "clearly-justified-number"
}

/// Which rule of the policy in force ends the holding of a field.
package enum Retention: String, ClosedCode {
    case untilPurge = "until-purge"
    case untilReplaced = "until-replaced"
    case visitLog = "visit-log"
    case authorsChoiceAtClosing = "authors-choice-at-closing"
}
