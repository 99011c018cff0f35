import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import Projections
import Web

extension ClosingController {
    /// Gives the same answer, after the same time, whether or not the address is registered; the mail is sent from the log.
    func requestRestoreLink(_ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let email = form.require(.email, as: EmailAddress.init, else: RegistrationText.message) else {
            return context.refused(AskForLinkPage(link: .restoreLink, form: form))
        }
        try await application.accounts.requestRestoreLink(email: email, command: try context.command())
        let policy = try application.accounts.policyInForce(at: context.now)
        return context.page(LinkSentPage(link: .restoreLink, lasts: policy.rules.retention.closedAccount))
    }

    func showRestoring(_ context: SiteContext) async throws -> Response {
        switch try closedAccount(context) {
        case .open(let closed): context.page(try await page(closed, context))
        case .none(let reason): context.cannotRestore(reason)
        }
    }

    func changeClosed(_ context: SiteContext) async throws -> Response {
        let form = try context.form(lists: TextsChoiceFields.erased)
        switch (try closedAccount(context), form.choice(RestoreAccountPage.action, of: RestoreAccountPage.Action.self))
        {
        case (.none(let reason), _): return context.cannotRestore(reason)
        case (.open(let closed), .restore) where closed.closing.cause == .breach:
            return context.cannotRestore(.closedForBreach)
        case (.open(let closed), .restore): return try await restore(closed, form, context)
        case (.open(let closed), .texts): return try await choose(closed, form, context)
        case (.open, nil): throw PageError.malformed(.encoding)
        }
    }

    private func restore(_ closed: ClosedAccount, _ sent: Form, _ context: SiteContext) async throws -> Response {
        var form = sent
        var texts: AcceptTexts?
        if try mustAccept(closed.account, context) {
            for (box, text) in [(FieldName.policy, "integritetspolicyn"), (.terms, "medlemsvillkoren")]
            where !form.isChecked(box) {
                form.note("Du behöver godkänna \(text) för att komma tillbaka.", at: box)
            }
            guard form.isAccepted, let policy: CalendarDate = form.value(.policyVersion),
                let terms: CalendarDate = form.value(.termsVersion)
            else { return context.refused(try await page(closed, form: form, context)) }
            texts = AcceptTexts(ConsentWording(policy: policy, terms: terms))
        }
        do {
            try await application.accounts.restore(closed.member, accepting: texts, command: try context.command())
        } catch AccountRefusal.textsNotAccepted, AccountRefusal.otherPolicyInForce, AccountRefusal.otherTermsInForce {
            // The texts changed while the page was open: a ticked box for the old text is not consent to the new one.
            var asked = Form()
            asked.note("Texterna har just ändrats. Läs dem som de är nu.", at: .policy)
            return context.refused(try await page(closed, form: asked, context))
        } catch AccountRefusal.tooLateToRestore {
            return context.cannotRestore(.tooLate)
        } catch AccountRefusal.nothingToRestore {
            return context.cannotRestore(.inUse)
        } catch AccountRefusal.notByOneself {
            return context.cannotRestore(.closedForBreach)
        }
        _ = try tokens.redeem(closed.token, for: .restoreAccount, at: context.now)
        return context.page(
            RestoredPage(username: closed.username, needsPassword: closed.account.password == nil))
    }

    private func choose(_ closed: ClosedAccount, _ form: Form, _ context: SiteContext) async throws -> Response {
        guard let choices = TextsChoiceFields.choices(in: form) else {
            throw PageError.malformed(.encoding)
        }
        let texts = try await slowReads.ownTexts(of: closed.member, in: application)
        let plan = ClosingPlan(
            closingAt: closed.closing.at, judgedAt: context.now, try application.accounts.policies())
        let marked = TextsChoiceFields(texts, purge: plan.purge, sent: form).marked(with: choices)
        do {
            try await application.accounts.chooseTexts(
                of: closed.member, choices, marked: marked, command: try context.command())
        } catch AccountRefusal.tooLateToRestore {
            return context.cannotRestore(.tooLate)
        } catch AccountRefusal.nothingToRestore {
            return context.cannotRestore(.inUse)
        }
        switch try closedAccount(context) {
        case .open(let changed): return context.page(try await page(changed, isSaved: true, context))
        case .none(let reason): return context.cannotRestore(reason)
        }
    }

    private func page(
        _ closed: ClosedAccount, form: Form = Form(), isSaved: Bool = false, _ context: SiteContext
    ) async throws -> RestoreAccountPage {
        let accounts = application.accounts
        let wording = ConsentWording(
            policy: try accounts.policyInForce(at: context.now).version,
            terms: try accounts.termsInForce(at: context.now).version)
        let plan = ClosingPlan(closingAt: closed.closing.at, judgedAt: context.now, try accounts.policies())
        let texts = try await slowReads.ownTexts(of: closed.member, in: application)
        return RestoreAccountPage(
            token: closed.token, username: closed.username, plan: plan, form: form,
            wording: try mustAccept(closed.account, context) ? wording : nil,
            choice: TextsChoiceFields(texts, purge: plan.purge, in: closed.closing),
            choiceForm: TextsChoiceFields.form(closed.closing.texts, idPrefix: "val"),
            mayRestore: closed.closing.cause != .breach,
            isSaved: isSaved)
    }

    /// A returning member must accept the versions now in force, however small their changes (P-01.3).
    private func mustAccept(_ account: Account, _ context: SiteContext) throws -> Bool {
        try account.policy?.version != application.accounts.policyInForce(at: context.now).version
            || account.terms?.version != application.accounts.termsInForce(at: context.now).version
    }
}

/// A closed account whose restore link was followed.
private struct ClosedAccount {
    let token: SecretToken
    let member: MemberID
    let account: Account
    let closing: Closing

    var username: String { account.identity.value.value?.username.text ?? "" }
}

extension ClosingController {
    private enum Followed {
        case open(ClosedAccount)
        case none(CannotRestorePage.Reason)
    }

    /// The account that a restore link leads to; the policy, not the token's own expiry, decides whether the time to restore is over.
    private func closedAccount(_ context: SiteContext) throws -> Followed {
        guard let token = SecretToken(try context.place("token")) else { return .none(.unknown) }
        let member: MemberID
        switch try tokens.state(of: token, for: .restoreAccount, at: context.now) {
        case .valid(let id): member = id
        case .used: return .none(.inUse)
        case .expired: return .none(.tooLate)
        case .unknown: return .none(.unknown)
        }
        switch try application.accounts.member(member) {
        case .closed(let account, let closing):
            guard try isAbout(member, token) else { return .none(.unknown) }
            guard closing.isRestorable(judgedAt: context.now, try application.accounts.policies()) else {
                return .none(.tooLate)
            }
            return .open(ClosedAccount(token: token, member: member, account: account, closing: closing))
        case .active: return .none(.inUse)
        case .deactivated(_, let deactivation): return .none(.deactivated(until: deactivation.until))
        case .purged, .lapsed: return .none(.tooLate)
        case .nobody, .unconfirmed, .awaitingReview, .rejected: return .none(.unknown)
        }
    }

    /// Whether the link belongs to the latest closing and to the address registered now. The account may have been restored and closed
    /// again since, or a change of address undone.
    private func isAbout(_ member: MemberID, _ token: SecretToken) throws -> Bool {
        try application.accounts.restoreLink(of: member)?.token == token.description
    }
}

extension SiteContext {
    fileprivate func cannotRestore(_ reason: CannotRestorePage.Reason) -> Response {
        let status: HTTPResponse.Status =
            switch reason {
            case .unknown: .notFound
            case .tooLate: .gone
            case .inUse, .closedForBreach, .deactivated: .conflict
            }
        return page(CannotRestorePage(reason: reason), status: status)
    }
}
