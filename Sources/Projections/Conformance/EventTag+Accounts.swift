import Accounts
import Events

// The purpose of each event of accounts, and the clauses that it is evidence for.

extension PolicyEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .policyPublished, .termsPublished: Tag(.accountability, .versions, .changes, .majorChanges)
        case .policyInForce, .termsInForce: Tag(.accountability, .versions)
        }
    }
}

extension RegistrationEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .signedUp: Tag(.account, .registration, .secrets)
        case .confirmed: Tag(.account, .registration)
        case .reviewRequested: Tag(.oneAccountPerPerson, .restoring, .registration)
        case .reviewApproved, .reviewRejected: Tag(.oneAccountPerPerson, .restoring)
        case .signUpLapsed: Tag(.account, .registration, .soonest)
        }
    }
}

extension SecurityEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .noticed: Tag(.security, .abuse, .storage)
        }
    }
}

extension EmailEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .given: Tag(.account, .registration)
        case .changeRequested: Tag(.account, .ownChanges)
        case .changed: Tag(.account, .ownChanges, .compromise)
        case .changeUndone: Tag(.security, .compromise)
        case .changeCompleted: Tag(.account, .compromise, .soonest)
        }
    }
}

extension ProfileEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .municipalityDeclared: Tag(.account, .registration, .municipality, .ownChanges)
        case .usernameChanged: Tag(.account, .ownChanges)
        case .identityProtectionSet: Tag(.account, .populationRegister, .municipality)
        case .identityCorrected: Tag(.rights, .ownChanges, .rectification)
        }
    }
}

extension PasswordEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .set: Tag(.security, .password, .secrets, .compromise)
        case .resetRequested: Tag(.security, .password)
        case .compromiseReported: Tag(.security, .compromise, .abuse)
        case .signInsHeldBack: Tag(.security, .password, .abuse)
        }
    }
}

extension ConsentEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .policyAccepted, .termsAccepted: Tag(.accountability, .acceptance, .majorChanges)
        case .given, .withdrawn: Tag(.accountability, .acceptance, .registerConsent, .visibility)
        case .newsletterAnswered: Tag(.accountability, .mailDefaults, .newsletter)
        case .mailChoiceSet: Tag(.account, .mailChoices, .mailDefaults)
        }
    }
}

extension TwoFactorEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .enabled, .disabled, .codesMade: Tag(.security, .password, .secrets)
        case .codeUsed, .shown: Tag(.security, .password)
        case .wrongCodes: Tag(.security, .password, .abuse)
        case .resetProposed, .resetDeclined, .reset: Tag(.security, .password, .administrationOnly)
        }
    }
}

extension ClosingEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .closed: Tag(.account, .closing, .hiddenAtClosing, .breach)
        case .textsChosen: Tag(.account, .closing)
        case .restoreLinkRequested, .restored: Tag(.account, .restoring)
        case .deactivated, .appealed, .appealRejected: Tag(.moderation, .breach, .abuse)
        case .returned, .unusedWarned: Tag(.account, .breach)
        case .purgeAnnounced: Tag(.account, .erasure)
        case .purged: Tag(.accountability, .erasure, .rectification)
        }
    }
}

extension SignInEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .signedIn: Tag(.security, .password, .abuse, .visitsOfMembers)
        case .signedOut: Tag(.security, .password, .closing, .visitsOfMembers)
        }
    }
}

extension StaffEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .roleGranted, .roleRevoked: Tag(.security, .administrationOnly, .storage)
        }
    }
}

extension StaffNameEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .givenUp: Tag(.security, .abuse, .administrationOnly)
        }
    }
}

extension CorrectionEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .requested, .decided: Tag(.rights, .ownChanges, .rectification)
        case .compared: Tag(.rights, .ownChanges, .registerComparison)
        }
    }
}

extension OversightEventName: TaggedName {
    var tag: Tag {
        switch self {
        case .viewed: Tag(.security, .administrationOnly, .ownData)
        case .sessionsEnded: Tag(.security, .password, .abuse)
        case .holdPlaced, .holdProposed, .holdConfirmed, .holdDeclined, .holdLifted: Tag(.disclosure, .disclosure)
        }
    }
}
