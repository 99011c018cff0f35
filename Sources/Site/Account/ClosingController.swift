import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The pages for closing an account, restoring it, and appealing against a closing.
struct ClosingController: Sendable {
    let application: Application
    let tokens: OneTimeTokens
    let slowReads: SlowReads
    let ending: SessionEnding

    init(application: Application, site: WebEnvironment, slowReads: SlowReads) throws {
        self.application = application
        tokens = OneTimeTokens(store: site.runtime)
        self.slowReads = slowReads
        ending = try SessionEnding(application, site.stores)
    }

    func add(to routes: inout Routes) {
        routes.get(.closeAccount) { try await showClosing($1) }
        // The form asks for the password, so guesses from a borrowed browser count against the sign-in limit.
        routes.post(.closeAccount, limit: .signIn) { try await close($1) }
        routes.get(.restoreLink) { $1.page(AskForLinkPage(link: .restoreLink)) }
        routes.post(.restoreLink, limit: .mail) { try await requestRestoreLink($1) }
        routes.get(.restoreAccount) { try await showRestoring($1) }
        routes.post(.restoreAccount) { try await changeClosed($1) }
        routes.get(.appeal) { try showAppeal($1) }
        routes.post(.appeal) { try await appeal($1) }
    }
}

extension ClosingController {
    func showClosing(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let page = try await page(for: member, CloseAccountPage.blank, nil, context)
        return context.page(page)
    }

    func close(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        var form = try context.form(lists: TextsChoiceFields.erased)
        guard let choices = TextsChoiceFields.choices(in: form) else {
            throw PageError.malformed(.encoding)
        }
        let texts = try await slowReads.ownTexts(of: member.id, in: application)
        let plan = ClosingPlan(closingAt: context.now, judgedAt: context.now, try application.accounts.policies())
        let fields = TextsChoiceFields(texts, purge: plan.purge, sent: form)
        let command = try context.command()
        do {
            try await application.accounts.close(
                member.id, password: EnteredPassword(form.typed(.password)), texts: choices,
                marked: fields.marked(with: choices), command: command)
        } catch AccountRefusal.wrongPassword {
            form.note("Lösenordet stämmer inte.", at: .password)
            return context.refused(try await page(for: member, form, fields, context))
        } catch AccountRefusal.lastAdministrator {
            return context.refused(LastAdministratorPage())
        } catch is PasswordHasher.Overloaded {
            throw PageError.unavailable
        }
        try await ending.endAll(of: member.id, at: context.now)
        return try goodbye(to: member.id, plan, context)
    }

    private func page(
        for member: SignedInMember, _ form: Form, _ choice: TextsChoiceFields?, _ context: SiteContext
    ) async throws -> AnyClosingPage {
        let accounts = application.accounts
        if try accounts.isLastAdministrator(member.id) { return .lastAdministrator(LastAdministratorPage()) }
        let plan = ClosingPlan(closingAt: context.now, judgedAt: context.now, try accounts.policies())
        let shown: TextsChoiceFields
        if let choice { shown = choice } else { shown = try await proposal(for: member.id, plan) }
        return .form(
            CloseAccountPage(
                form: form, plan: plan, choice: shown,
                email: try accounts.member(member.id).active?.email?.value.value?.text ?? "", roles: member.roles,
                matters: try application.openMatters(of: member.id)))
    }

    private func proposal(for member: MemberID, _ plan: ClosingPlan) async throws -> TextsChoiceFields {
        TextsChoiceFields(proposing: try await slowReads.ownTexts(of: member, in: application), purge: plan.purge)
    }

    /// Rendered for a visitor, since the answer signs the member out.
    private func goodbye(to member: MemberID, _ plan: ClosingPlan, _ context: SiteContext) throws -> Response {
        let receipt = try application.accounts.receiptLink(of: member).map { link in
            let page = SiteLink.receipt(token: link.token)
            return (page: page, address: context.visit.site.baseURL.url(of: page))
        }
        let email = try application.accounts.member(member).account?.email?.value.value?.text ?? ""
        var visit = context.visit
        visit.reader = .visitor
        visit.session = nil
        let page = GoodbyePage(plan: plan, email: email, receipt: receipt)
        var response = try context.signOut(then: SiteContext(source: visit).page(page)).uncached
        response.headers[.token("Referrer-Policy")] = "no-referrer"
        return response
    }
}

/// The form, or the reason why there is none.
private enum AnyClosingPage: HTMLPage {
    case form(CloseAccountPage)
    case lastAdministrator(LastAdministratorPage)

    private var page: any HTMLPage {
        switch self {
        case .form(let page): page
        case .lastAdministrator(let page): page
        }
    }

    var title: String { page.title }
    var width: PageWidth { page.width }
    func write(into html: inout HTMLWriter) { page.write(into: &html) }
}
