import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The gate for a member who has not accepted a new version of the texts: she can read them, answer, or leave (P-01.3).
struct AcceptTextsController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.acceptTexts, show)
        routes.post(.acceptTexts, size: FormLimit.carrying, accept)
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let place: ReturnPath? = try request.query().value(.returnPath)
        guard try application.accounts.mustAcceptTexts(context.requireMember().id) else {
            return context.redirect(to: place, otherwise: .start)
        }
        return context.page(try page(Form(), place, context))
    }

    private func accept(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try context.form()
        var page = try page(form, form.value(.returnPath), context)
        guard form.value(.policyVersion) == page.wording.policyVersion,
            form.value(.termsVersion) == page.wording.termsVersion
        else { return try askAgain(page, context) }
        if !form.isChecked(.policy) {
            page.form.note("Kryssa i att du godkänner integritetspolicyn, om du vill fortsätta.", at: .policy)
        }
        if !form.isChecked(.terms) {
            page.form.note("Kryssa i att du godkänner medlemsvillkoren, om du vill fortsätta.", at: .terms)
        }
        guard page.form.isAccepted else { return context.refused(page) }
        do {
            try await application.accounts.accept(
                AcceptTexts(page.wording), by: context.requireMember().id, command: try context.command())
        } catch AccountRefusal.otherPolicyInForce, AccountRefusal.otherTermsInForce {
            return try askAgain(page, context)
        }
        return context.redirect(to: page.place, otherwise: .start)
    }

    /// The texts changed while the form was open: a ticked box for the old text is not consent to the new one.
    private func askAgain(_ page: AcceptTextsPage, _ context: SiteContext) throws -> Response {
        var fresh = try self.page(Form(), page.place, context)
        fresh.form.note(RegistrationText.textsChanged, at: .policy)
        return context.refused(fresh)
    }

    private func page(_ form: Form, _ place: ReturnPath?, _ context: SiteContext) throws -> AcceptTextsPage {
        let account = try application.accounts.member(context.requireMember().id).active
        return AcceptTextsPage(
            form: form, place: place,
            wording: ConsentWording(
                policy: try application.accounts.policyInForce(at: context.now).version,
                terms: try application.accounts.termsInForce(at: context.now).version),
            acceptedPolicy: account?.policy?.version, acceptedTerms: account?.terms?.version)
    }
}

/// `/godkann`
struct AcceptTextsPage: HTMLPage {
    var form: Form
    let place: ReturnPath?
    let wording: ConsentWording
    let acceptedPolicy: CalendarDate?
    let acceptedTerms: CalendarDate?

    var title: String { "Godkänn de nya texterna" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Integritetspolicyn eller medlemsvillkoren har ändrats sedan du godkände dem. Läs vad som gäller nu och godkänn för att fortsätta.",
            class: "lead")
        html.list(changes) { change, html in html.link(change.label, to: change.page) }
        html.form(post: .acceptTexts(), form) { html in
            html.returnPath(place)
            html.acceptance(of: wording, in: form)
            html.actions { $0.submit("Godkänn och fortsätt") }
        }
        html.h2("Vill du inte godkänna?")
        html.p("Då kan du inte använda webbplatsen, men dina uppgifter är fortfarande dina. Du kan")
        html.element(.ul) { html in
            html.li { $0.link("läsa och ladda ner allt vi har om dig", to: .accessReport) }
            html.li { $0.link("avsluta ditt konto", to: .closeAccount) }
        }
        html.form(post: .signOut) { html in html.actions { $0.submit("Logga ut", .secondary) } }
    }

    private var changes: [(label: String, page: SiteLink)] {
        var changes: [(String, SiteLink)] = []
        if let acceptedPolicy, acceptedPolicy != wording.policyVersion {
            changes.append(
                (
                    "Det här har ändrats i integritetspolicyn",
                    .privacyPolicyChanges(from: acceptedPolicy.description, to: wording.policyVersion.description)
                ))
        }
        if let acceptedTerms, acceptedTerms != wording.termsVersion {
            changes.append(
                (
                    "Det här har ändrats i medlemsvillkoren",
                    .memberTermsChanges(from: acceptedTerms.description, to: wording.termsVersion.description)
                ))
        }
        return changes
    }
}
