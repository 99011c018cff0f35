package import Events

/// How long things are kept (P-16.5).
package struct RetentionRules: Sendable {
    package let unconfirmedSignUp, confirmationLink, pendingRegistration: Period
    package let closedAccount: Period
    /// How long an account lives whose number is another account's; P7D in versions from before that key.
    package let duplicateAccount: Period
    package let visitLog, signInDetails, passwordResetLink, emailUndo, cookieChoice, session: Period
    /// Counted from the member's last sign-in with that browser; nil in versions that do not state it.
    package let knownDevice: Period?
    /// Maximum age of a session, regardless of use; P90D in versions from before that key.
    package let sessionLifetime: Period
    /// How long a name given up by staff stays taken; P1Y in versions from before that key.
    package let staffName: Period
    /// How long the author of a deleted text can undo that; P7D in versions from before that key.
    package let deletedText: Period
    /// How long it is remembered what a member has read; P1Y in versions from before that key.
    package let reading: Period
    /// How long a draft is kept that its author does not change; P30D in versions from before that key.
    package let drafts: Period
    package let supportCase, correctionCase, reportCase, disputeCase, rightsCase, disclosure: Period
    package let backup, replacedKeyEpoch: Period
    /// How long a master key is used, as the version states it; nil in versions from before that key.
    package let promisedKeyRotation: Period?

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        unconfirmedSignUp = try rules.period("unconfirmedSignUp")
        confirmationLink = try rules.period("confirmationLink")
        pendingRegistration = try rules.period("pendingRegistration")
        closedAccount = try rules.period("closedAccount")
        duplicateAccount = try rules.period("duplicateAccount", before: Period(days: 7))
        visitLog = try rules.period("visitLog")
        signInDetails = try rules.period("signInDetails")
        passwordResetLink = try rules.period("passwordResetLink")
        emailUndo = try rules.period("emailUndo")
        cookieChoice = try rules.period("cookieChoice")
        session = try rules.period("session")
        knownDevice = try rules.optionalPeriod("knownDevice")
        sessionLifetime = try rules.period("sessionLifetime", before: Period(days: 90))
        staffName = try rules.period("staffName", before: Period(years: 1))
        deletedText = try rules.period("deletedText", before: Period(days: 7))
        reading = try rules.period("reading", before: Period(years: 1))
        drafts = try rules.period("drafts", before: Period(days: 30))
        supportCase = try rules.period("supportCase")
        correctionCase = try rules.period("correctionCase")
        reportCase = try rules.period("reportCase")
        disputeCase = try rules.period("disputeCase")
        rightsCase = try rules.period("rightsCase")
        disclosure = try rules.period("disclosure")
        backup = try rules.period("backup")
        replacedKeyEpoch = try rules.period("replacedKeyEpoch")
        promisedKeyRotation = try rules.promisedPeriod("keyRotation")
    }

    /// How long a master key is used; P90D in versions from before that key.
    package var keyRotation: Period { promisedKeyRotation ?? Period(days: 90) }
}

extension PolicyRules {
    /// How long a browser is remembered in which a member has signed in (P-08.6). Nil when the version does not name its cookie: then none
    /// is set.
    package var knownDevice: Period? {
        cookies.necessary.contains("device") ? retention.knownDevice ?? retention.session : nil
    }
}

/// P-17, P-18.
package struct DeadlineRules: Sendable {
    package let question: Period
    package let questionWarnings: [Period]
    package let rightsRequest, rightsRequestExtension, appealWindow: Period

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        question = try rules.period("question")
        questionWarnings = try rules.periods("questionWarnings")
        rightsRequest = try rules.period("rightsRequest")
        rightsRequestExtension = try rules.period("rightsRequestExtension")
        appealWindow = try rules.period("appealWindow")
    }
}

/// Which messages count as an answer (P-18.2).
package struct AnswerRules: Sendable {
    package let automaticReceiptCounts: Bool
    package let followUpReopens: Bool

    init(_ rules: inout RulesReader) throws(DocumentProblem) {
        automaticReceiptCounts = try rules.bool("automaticReceiptCounts")
        followUpReopens = try rules.bool("followUpReopens")
    }
}
