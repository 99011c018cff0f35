/// Where the program keeps what a clause promises.
extension PolicyClause {
    /// Whether everything that the clause says is done. What belongs to a feature that there is not yet makes it false, however much else is.
    package var isDone: Bool {
        switch self {
        case .versions, .acceptance, .externalLinks, .controller, .visitLog, .visitsOfMembers, .registration, .purposes,
            .statistics, .cookies, .directory, .newsletter, .noSale, .recipients, .municipality, .visibility, .password,
            .compromise, .ownData, .ownChanges, .rectification, .storage, .secrets, .closing, .hiddenAtClosing,
            .erasure, .breach,
            .soonest, .restoring, .administrationOnly, .disputeMail, .respect, .contact, .answers, .rights,
            .identityProof, .writing, .abuse, .changes, .majorChanges, .mailChoices, .mailDefaults:
            true
        // The population register.
        case .populationRegister, .registerConsent, .registerComparison: false
        // Advertisements.
        case .advertisements: false
        // The bundle for an authority.
        case .disclosure: false
        }
    }

    /// The files of the program that enforce it, below `Sources` and without their ending.
    package var enforcedIn: [String] {
        switch self {
        case .versions: ["Accounts/Policy/PublishVersion", "Accounts/Policy/VersionCalendar"]
        case .acceptance: ["Accounts/Registration/SignUp", "Accounts/Consents/AnswerConsent"]
        case .changes: ["Accounts/Policy/PublishVersion", "Server/Texts/TextComparison"]
        case .majorChanges: ["Accounts/Consents/AcceptTexts", "Server/Policy/VersionMails"]
        case .externalLinks: ["Forum/Rendering/HTMLVisitor"]
        case .controller: ["Server/Configuration/Controller", "Server/HTML/PageFrame"]
        case .visitLog: ["Server/Visits/VisitLog", "Server/Retention/SideRetention"]
        case .visitsOfMembers: ["Server/Visits/VisitorNumbers"]
        case .registration: ["Accounts/Registration/ConfirmEmail", "Accounts/Registration/LapseSignUp"]
        case .writing: ["Forum/Posts/Reply", "Messaging/Conversations/SendMessage"]
        case .populationRegister: ["Accounts/Profile/SetHandling"]
        case .registerConsent: ["Accounts/Consents/AnswerConsent"]
        case .purposes: ["Events/Personal/PersonalField", "Projections/Conformance/EventTag"]
        case .abuse:
            [
                "Server/Http/RateLimits", "Server/Accounts/SignInBudget", "Server/Mail/RecipientLimit",
                "Forum/Posts/RemovePost", "Accounts/Closing/Appealing", "Server/Http/Matter",
                "Messaging/Cases/OwnMatter", "Accounts/Oversight/OwnMatter",
            ]
        case .statistics: ["Server/Visits/VisitFigures", "Projections/Trail/MonthlyFigures"]
        case .disputeMail: ["Messaging/Cases/DecideCase", "Server/Cases/MailWriter+Cases"]
        case .registerComparison: ["Accounts/Corrections/Correct"]
        case .cookies: ["Server/Sessions/SessionCookie", "Server/Sessions/DeviceCookie"]
        case .directory: ["Projections/Members/MemberDirectory+Reading"]
        case .advertisements: []
        case .newsletter:
            ["Accounts/Consents/MailChoices", "Server/Newsletter/Mailings", "Server/Mail/UnsubscribePages"]
        case .noSale: ["Accounts/Visibility/VisibilityMatrix"]
        case .disclosure: ["Accounts/Oversight/LegalHold", "Accounts/Closing/PurgeMember"]
        case .recipients: ["Server/Configuration/Setting"]
        case .municipality: ["Accounts/Visibility/VisibilityMatrix", "Projections/Members/MemberDirectory"]
        case .visibility: ["Accounts/Consents/AnswerConsent", "Projections/Members/MemberDirectory"]
        case .respect: ["Server/Cases/ReportPages"]
        case .password: ["Accounts/Passwords/Password", "Accounts/Passwords/PasswordHasher"]
        case .compromise: ["Accounts/Profile/ReportCompromise", "Accounts/Profile/ChangeEmail"]
        case .ownData: ["Server/Settings/PersonalDatum", "Server/AccessReport/AccessReport"]
        case .ownChanges: ["Accounts/Profile/ChangeEmail", "Accounts/Corrections/Correct"]
        case .rectification:
            [
                "Accounts/Corrections/Correct", "Forum/Posts/ErasePost", "Messaging/Conversations/EraseMessage",
                "Messaging/Cases/EraseCase", "Server/Cases/RightsPages",
            ]
        case .storage: ["Events/Sealing/Seal", "Events/Sealing/KeyRotation", "Server/Storage/StoragePlaces"]
        case .secrets: ["Events/Sealing/Vault", "Accounts/Passwords/PasswordHash"]
        case .mailChoices, .mailDefaults: ["Accounts/Consents/MailChoices", "Server/Mail/MailWriter"]
        case .closing: ["Accounts/Closing/CloseAccount", "Server/Sessions/SessionEnding"]
        case .hiddenAtClosing: ["Projections/Members/MemberDirectory"]
        case .erasure: ["Accounts/Closing/PurgeMember", "Events/Sealing/Erasure", "Server/Erasure/ErasureDesk"]
        case .breach: ["Accounts/Closing/DeactivateAccount", "Accounts/Closing/UnusedAccount"]
        case .soonest: ["Server/Retention/RetentionEngine", "Server/Retention/SideRetention"]
        case .restoring: ["Accounts/Closing/RestoreAccount", "Accounts/Registration/DecideReview"]
        case .administrationOnly: ["Accounts/Oversight/ViewData"]
        case .rights: ["Server/AccessReport/AccessReport", "Server/Cases/RightsPages"]
        case .identityProof: ["Messaging/Cases/IdentifyOpener", "Messaging/Cases/FileMail"]
        case .contact: ["Server/Cases/ContactPages", "Server/Cases/IncomingMailDesk"]
        case .answers: ["Messaging/Cases/CaseClock", "Messaging/Cases/WarnOfDue"]
        }
    }
}
