/// Where the program enforces each clause.
extension PolicyClause {
    /// Whether the program has what the clause speaks of; false if a part belongs to a feature that does not exist yet.
    package var isBuilt: Bool {
        switch self {
        case .populationRegister, .registerConsent, .registerComparison: false
        case .advertisements: false
        // The register of cookies and the choice.
        case .cookies: false
        // The bundle for an authority.
        case .disclosure: false
        // The guard before publishing.
        case .respect: false
        case .versions, .acceptance, .externalLinks, .controller, .visitLog, .visitsOfMembers, .registration, .purposes,
            .statistics, .directory, .newsletter, .noSale, .recipients, .municipality, .visibility, .password,
            .compromise, .ownData, .ownChanges, .rectification, .storage, .secrets, .closing, .hiddenAtClosing,
            .erasure, .breach, .soonest, .restoring, .administrationOnly, .disputeMail, .contact, .answers, .rights,
            .identityProof, .writing, .ownDeletion, .reading, .abuse, .changes, .majorChanges, .mailChoices,
            .mailDefaults:
            true
        }
    }

    /// The program's files that enforce it: paths below `Sources`, without extension.
    package var enforcedIn: [String] {
        switch self {
        case .versions: ["Accounts/Policy/PublishVersion", "Accounts/Policy/VersionCalendar"]
        case .acceptance: ["Accounts/Registration/SignUp", "Accounts/Consents/AnswerConsent"]
        case .changes: ["Accounts/Policy/PublishVersion", "Processes/Texts/TextComparison"]
        case .majorChanges: ["Accounts/Consents/AcceptTexts", "Processes/Mail/VersionMails"]
        case .externalLinks: ["Forum/Rendering/HTMLVisitor"]
        case .controller: ["Processes/Application/Controller", "Site/Front/PageFrame"]
        case .visitLog: ["Processes/Visits/VisitLog", "Processes/Retention/SideRetention"]
        case .visitsOfMembers: ["Processes/Visits/VisitorNumbers"]
        case .registration: ["Accounts/Registration/ConfirmEmail", "Accounts/Registration/LapseSignUp"]
        case .writing: ["Forum/Posts/Reply", "Messaging/Conversations/SendMessage"]
        case .ownDeletion:
            [
                "Forum/Posts/DeletePost", "Forum/Posts/DeleteRevision", "Messaging/Conversations/DeleteMessage",
                "Processes/Retention/RetentionEngine+Texts",
            ]
        case .reading:
            [
                "Processes/Reading/ReadingStore", "Events/Sealing/MemberKeys",
                "Processes/Application/Application+Reading",
            ]
        case .populationRegister: ["Accounts/Profile/SetIdentityProtection"]
        case .registerConsent: ["Accounts/Consents/AnswerConsent"]
        case .purposes: ["Events/Personal/PersonalField", "Projections/Conformance/EventTag"]
        case .abuse:
            [
                "Web/TokenBuckets", "Site/Account/SignInBudget", "Processes/Security/SecurityWorker",
                "Processes/Mail/RecipientLimit",
                "Forum/Posts/RemovePost", "Accounts/Closing/Appealing", "Site/Front/Matter",
                "Messaging/Cases/OwnMatter", "Accounts/Oversight/OwnMatter",
            ]
        case .statistics: ["Processes/Visits/VisitFigures", "Projections/Trail/MonthlyFigures"]
        case .disputeMail: ["Messaging/Cases/DecideCase", "Processes/Cases/MailWriter+Cases"]
        case .registerComparison: ["Accounts/Corrections/Correct"]
        case .cookies: ["Web/SessionCookie", "Web/DeviceCookie"]
        case .directory: ["Projections/Members/MemberDirectory+Reading"]
        case .advertisements: []
        case .newsletter:
            ["Accounts/Consents/MailChoices", "Processes/Mail/Mailings", "Site/Account/UnsubscribeController"]
        case .noSale: ["Accounts/Visibility/VisibilityMatrix"]
        case .disclosure:
            ["Accounts/Oversight/LegalHold", "Accounts/Oversight/PlaceHold", "Accounts/Closing/PurgeMember"]
        case .recipients: ["Server/Configuration/Setting"]
        case .municipality: ["Accounts/Visibility/VisibilityMatrix", "Projections/Members/MemberDirectory"]
        case .visibility: ["Accounts/Consents/AnswerConsent", "Projections/Members/MemberDirectory"]
        case .respect: ["Site/Cases/ReportController"]
        case .password: ["Accounts/Passwords/Password", "Accounts/Passwords/PasswordHasher"]
        case .compromise: ["Accounts/Profile/ReportCompromise", "Accounts/Profile/ChangeEmail"]
        case .ownData: ["Site/Account/PersonalDatum", "Processes/AccessReport/AccessReport"]
        case .ownChanges: ["Accounts/Profile/ChangeEmail", "Accounts/Corrections/Correct"]
        case .rectification:
            [
                "Accounts/Corrections/Correct", "Forum/Posts/ErasePost", "Messaging/Conversations/EraseMessage",
                "Messaging/Cases/EraseCase", "Site/Cases/RightsController",
            ]
        case .storage: ["Events/Sealing/Seal", "Events/Sealing/KeyRotation", "Site/Audit/StoragePlaces"]
        case .secrets: ["Events/Sealing/Vault", "Accounts/Passwords/PasswordHash"]
        case .mailChoices, .mailDefaults: ["Accounts/Consents/MailChoices", "Processes/Mail/MailWriter"]
        case .closing: ["Accounts/Closing/CloseAccount", "Processes/Sessions/SessionEnding"]
        case .hiddenAtClosing: ["Projections/Members/MemberDirectory"]
        case .erasure: ["Accounts/Closing/PurgeMember", "Events/Sealing/Erasure", "Processes/Erasure/ErasureWorker"]
        case .breach: ["Accounts/Closing/DeactivateAccount", "Accounts/Closing/UnusedAccount"]
        case .soonest: ["Processes/Retention/RetentionEngine", "Processes/Retention/SideRetention"]
        case .restoring:
            ["Accounts/Closing/RestoreAccount", "Accounts/Closing/EndDuplicate", "Accounts/Registration/MoveNumber"]
        case .administrationOnly: ["Accounts/Oversight/ViewData", "Processes/Texts/MaskedText"]
        case .rights: ["Processes/AccessReport/AccessReport", "Site/Cases/RightsController"]
        case .identityProof: ["Messaging/Cases/IdentifyOpener", "Messaging/Cases/FileMail"]
        case .contact: ["Site/Cases/ContactController", "Processes/Cases/IncomingMailWorker"]
        case .answers: ["Messaging/Cases/CaseClock", "Messaging/Cases/WarnOfDue"]
        }
    }
}
