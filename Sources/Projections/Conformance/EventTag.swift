package import Events

/// What a type of event is processed for, and which clauses of the policy it is evidence for (P-08.1). The policy in force says on which legal
/// basis.
///
/// What is sealed in it is tagged by its fields. What stands in the clear stays for as long as the log: the history that nobody can change.
package struct EventTag: Sendable {
    /// On the wire, without the version.
    package let name: String
    package let purpose: Purpose
    package let clauses: [PolicyClause]

    private init(_ name: String, _ purpose: Purpose, _ clauses: PolicyClause...) {
        self.name = name
        self.purpose = purpose
        self.clauses = clauses
    }

    package static let all: [EventTag] = accounts + oversight + forum + messages + cases + mail + operation

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Nil for a type that this program does not know.
    package static func of(_ type: EventType) -> EventTag? { byName[type.name] }

    private static let accounts = [
        EventTag("accounts.policy-published", .accountability, .versions, .changes, .majorChanges),
        EventTag("accounts.policy-in-force", .accountability, .versions),
        EventTag("accounts.terms-published", .accountability, .versions, .changes, .majorChanges),
        EventTag("accounts.terms-in-force", .accountability, .versions),
        EventTag("accounts.signed-up", .account, .registration, .secrets),
        EventTag("accounts.email-given", .account, .registration),
        EventTag("accounts.municipality-declared", .account, .registration, .municipality, .ownChanges),
        EventTag("accounts.password-set", .security, .password, .secrets, .compromise),
        EventTag("accounts.policy-accepted", .accountability, .acceptance, .majorChanges),
        EventTag("accounts.terms-accepted", .accountability, .acceptance, .majorChanges),
        EventTag(
            "accounts.consent-given", .accountability, .acceptance, .registerConsent, .visibility),
        EventTag(
            "accounts.consent-withdrawn", .accountability, .acceptance, .registerConsent,
            .visibility),
        EventTag("accounts.newsletter-answered", .accountability, .mailDefaults, .newsletter),
        EventTag("accounts.mail-choice-set", .account, .mailChoices, .mailDefaults),
        EventTag("accounts.username-changed", .account, .ownChanges),
        EventTag("accounts.confirmed", .account, .registration),
        EventTag(
            "accounts.review-requested", .oneAccountPerPerson, .restoring, .registration),
        EventTag("accounts.review-approved", .oneAccountPerPerson, .restoring),
        EventTag("accounts.review-rejected", .oneAccountPerPerson, .restoring),
        EventTag("accounts.sign-up-lapsed", .account, .registration, .soonest),
        EventTag("accounts.password-reset-requested", .security, .password),
        EventTag("accounts.compromise-reported", .security, .compromise, .abuse),
        EventTag("accounts.two-factor-enabled", .security, .password, .secrets),
        EventTag("accounts.two-factor-disabled", .security, .password, .secrets),
        EventTag("accounts.recovery-codes-made", .security, .password, .secrets),
        EventTag("accounts.recovery-code-used", .security, .password),
        EventTag("accounts.second-factor-shown", .security, .password),
        EventTag("accounts.wrong-codes-noticed", .security, .password, .abuse),
        EventTag("accounts.two-factor-reset-proposed", .security, .password, .administrationOnly),
        EventTag("accounts.two-factor-reset-declined", .security, .password, .administrationOnly),
        EventTag("accounts.two-factor-reset", .security, .password, .administrationOnly),
        EventTag("accounts.email-change-requested", .account, .ownChanges),
        EventTag("accounts.email-changed", .account, .ownChanges, .compromise),
        EventTag("accounts.email-change-undone", .security, .compromise),
        EventTag("accounts.email-change-settled", .account, .compromise, .soonest),
        EventTag("accounts.handling-set", .account, .populationRegister, .municipality),
        EventTag("accounts.identity-corrected", .rights, .ownChanges, .rectification),
        EventTag("accounts.closed", .account, .closing, .hiddenAtClosing, .breach),
        EventTag("accounts.texts-chosen", .account, .closing),
        EventTag("accounts.way-back-requested", .account, .restoring),
        EventTag("accounts.restored", .account, .restoring),
        EventTag("accounts.deactivated", .moderation, .breach, .abuse),
        EventTag("accounts.returned", .account, .breach),
        EventTag("accounts.appealed", .moderation, .breach, .abuse),
        EventTag("accounts.appeal-rejected", .moderation, .breach, .abuse),
        EventTag("accounts.unused-warned", .account, .breach),
        EventTag("accounts.purge-announced", .account, .erasure),
        EventTag("accounts.purged", .accountability, .erasure, .rectification),
        EventTag("accounts.sign-ins-held-back", .security, .password, .abuse),
        EventTag("accounts.signed-in", .security, .password, .abuse, .visitsOfMembers),
        EventTag("accounts.signed-out", .security, .password, .closing, .visitsOfMembers),
        EventTag("accounts.role-granted", .security, .administrationOnly, .storage),
        EventTag("accounts.role-revoked", .security, .administrationOnly, .storage),
        EventTag("staff-names.given-up", .security, .abuse, .administrationOnly),
        EventTag("corrections.requested", .rights, .ownChanges, .rectification),
        EventTag("corrections.compared", .rights, .ownChanges, .registerComparison),
        EventTag("corrections.decided", .rights, .ownChanges, .rectification),
    ]

    private static let oversight = [
        EventTag("oversight.data-viewed", .security, .administrationOnly, .ownData),
        EventTag("oversight.sessions-ended", .security, .password, .abuse),
        EventTag("oversight.hold-placed", .disclosure, .disclosure),
        EventTag("oversight.hold-lifted", .disclosure, .disclosure),
    ]

    private static let forum = [
        EventTag("forum.category-created", .forum, .writing),
        EventTag("forum.category-described", .forum, .writing),
        EventTag("forum.category-closed", .forum, .writing),
        EventTag("forum.category-reopened", .forum, .writing),
        EventTag("forum.categories-ordered", .forum, .writing),
        EventTag("forum.thread-opened", .forum, .writing),
        EventTag("forum.thread-retitled", .forum, .writing),
        EventTag("forum.thread-closed", .moderation, .abuse),
        EventTag("forum.thread-reopened", .moderation, .abuse),
        EventTag("forum.thread-moved", .moderation, .abuse),
        EventTag("forum.thread-pinned", .forum, .writing),
        EventTag("forum.thread-unpinned", .forum, .writing),
        EventTag("forum.thread-title-erased", .moderation, .rectification, .abuse),
        EventTag("forum.post-published", .forum, .writing),
        EventTag("forum.post-revised", .forum, .writing),
        EventTag("forum.post-deleted", .forum, .writing),
        EventTag("forum.post-removed", .moderation, .abuse),
        EventTag("forum.post-reinstated", .moderation, .abuse),
        EventTag("forum.post-erased", .moderation, .rectification, .abuse),
    ]

    private static let mail = [
        EventTag("mail.handed-over", .serviceMail, .mailChoices, .mailDefaults, .newsletter),
        EventTag("mail.given-up", .serviceMail, .mailChoices),
        EventTag("mail.suppressed", .serviceMail, .mailChoices, .mailDefaults),
        EventTag("mail.released", .serviceMail, .storage),
        EventTag("mail.bounced", .serviceMail, .mailDefaults),
        EventTag("mail.address-retried", .serviceMail, .mailDefaults),
        EventTag("newsletter.drafted", .newsletter, .newsletter),
        EventTag("newsletter.revised", .newsletter, .newsletter),
        EventTag("newsletter.test-requested", .newsletter, .newsletter),
        EventTag("newsletter.scheduled", .newsletter, .newsletter),
        EventTag("newsletter.unscheduled", .newsletter, .newsletter),
        EventTag("newsletter.begun", .newsletter, .newsletter),
        EventTag("newsletter.finished", .newsletter, .newsletter),
        EventTag("newsletter.stopped", .newsletter, .newsletter),
        EventTag("newsletter.discarded", .newsletter, .newsletter),
        EventTag("newsletter.withdrawn", .newsletter, .newsletter),
    ]

    private static let messages = [
        EventTag("messages.conversation-begun", .messages, .writing),
        EventTag("messages.sent", .messages, .writing),
        EventTag("messages.read", .messages, .writing),
        EventTag("messages.conversation-erased", .messages, .erasure),
        EventTag("messages.conversation-left", .messages, .writing),
        EventTag("messages.conversation-muted", .messages, .writing),
        EventTag("messages.conversation-unmuted", .messages, .writing),
        EventTag("messages.reported", .moderation, .writing, .abuse),
        EventTag("messages.opened-by-staff", .moderation, .writing, .administrationOnly),
        EventTag("messages.message-erased", .moderation, .writing, .abuse, .rectification),
        EventTag("messages.member-blocked", .messages, .writing),
        EventTag("messages.member-unblocked", .messages, .writing),
        EventTag("notices.watched", .forum, .writing),
        EventTag("notices.unwatched", .forum, .writing),
        EventTag("notices.opened", .forum, .writing),
        EventTag("notices.read", .forum, .writing),
        EventTag("notices.mail-asked", .messages, .mailChoices, .mailDefaults),
        EventTag("notices.digest-asked", .messages, .mailChoices, .mailDefaults),
    ]

    private static let cases = [
        EventTag("cases.opened", .cases, .contact, .rights, .disputeMail, .respect, .writing),
        EventTag("cases.contact-given", .cases, .contact),
        EventTag("cases.stated", .cases, .contact, .answers, .writing),
        EventTag("cases.replied", .cases, .answers, .disputeMail),
        EventTag("cases.noted", .cases, .contact),
        EventTag("cases.assigned", .cases, .contact),
        EventTag("cases.warned", .cases, .answers),
        EventTag("cases.closed", .cases, .contact, .soonest),
        EventTag("cases.reopened", .cases, .contact),
        EventTag("cases.decided", .cases, .rights, .disputeMail, .abuse),
        EventTag("cases.appealed", .cases, .abuse, .disputeMail),
        EventTag("cases.extended", .cases, .rights),
        EventTag("cases.identity-checked", .cases, .identityProof),
        EventTag("cases.identified", .cases, .identityProof),
        EventTag("cases.mail-set-aside", .cases, .identityProof, .contact),
        EventTag("cases.mail-filed", .cases, .contact),
        EventTag("cases.mail-received", .cases, .identityProof, .contact),
        EventTag("cases.answers-directed", .cases, .identityProof, .contact),
        EventTag("cases.erased", .cases, .rights, .rectification, .soonest),
    ]

    private static let operation = [
        EventTag("erasure.fenced", .accountability, .erasure, .soonest),
        EventTag("erasure.completed", .accountability, .erasure),
        EventTag("operation.backup-begun", .security, .storage),
        EventTag("operation.keys-rotated", .security, .storage),
        EventTag("operation.key-epoch-destroyed", .security, .storage, .erasure),
        EventTag("operation.log-continued", .accountability, .storage),
    ]
}
