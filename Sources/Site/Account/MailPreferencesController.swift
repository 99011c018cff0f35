import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// `/sajtinstallningar`: which mails a member wants (P-15.1).
struct MailPreferencesController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.mailPreferences, show)
        routes.post(.mailPreferences, save)
        routes.post(.retryAddress, retryAddress)
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let isSaved = try !request.query().typed(.done).isEmpty
        return context.page(try page(nil, isSaved: isSaved, context))
    }

    /// Saves all kinds from one form; an unchanged choice makes no event.
    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = try page(try context.form(), isSaved: false, context)
        var choices: [SetMailChoice] = []
        for kind in MailKind.allCases {
            let choice = page.form.require(kind.field, "Välj ett av alternativen.", of: MailChoice.self)
            if let choice { choices.append(SetMailChoice(kind, choice)) }
        }
        let newsletter = page.form.choice(.newsletter, of: RegistrationForm.NewsletterChoice.self)
        if newsletter == nil, !page.form.typed(.newsletter).isEmpty {
            page.form.note("Svara ja eller nej.", at: .newsletter)
        }
        guard page.form.isAccepted else { return context.refused(page) }
        let member = try context.requireMember().id
        try await application.accounts.setMailChoices(of: member, choices, command: try context.command())
        if let newsletter {
            try await application.accounts.answer(
                AnswerNewsletter(isYes: newsletter == .yes, wording: NewsletterWording.hash), of: member,
                command: CommandID(at: context.now))
        }
        return .redirect(to: .mailPreferencesSaved)
    }

    /// - Parameter form: nil to start from the saved choices.
    private func page(_ form: Form?, isSaved: Bool, _ context: SiteContext) throws -> MailPreferencesPage {
        guard let account = try application.accounts.member(context.requireMember().id).active else {
            throw PageError.signInNeeded
        }
        var chosen: [FieldName: String] = [:]
        for kind in MailKind.allCases { chosen[kind.field] = account.choice(of: kind).rawValue }
        if let newsletter = account.newsletter { chosen[.newsletter] = newsletter.isYes ? "yes" : "no" }
        return MailPreferencesPage(
            form: form ?? Form(chosen), isSaved: isSaved,
            address: try AddressState(of: context.requireMember().id, application),
            rules: try application.accounts.policyInForce(at: context.now).rules.mail)
    }
}

extension MailKind {
    fileprivate var field: FieldName { FieldName(rawValue: rawValue) }
}

/// `/sajtinstallningar`
struct MailPreferencesPage: HTMLPage {
    var form: Form
    let isSaved: Bool
    let address: AddressState
    let rules: MailRules

    var title: String { "Sajtinställningar" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Här väljer du vilka mejl du vill ha. Vi ser efter vad du har valt i samma stund som vi skickar.",
            class: "lead")
        if isSaved { html.notice("Dina val är sparade.", .success) }
        if let refusal = address.refusal { address.warn(refusal, into: &html) }
        html.form(post: .mailPreferences, form) { html in
            html.radios(
                .newsletter, NewsletterWording.question, in: form,
                options: [("yes", "Ja, tack", nil), ("no", "Nej, tack", nil)], hint: NewsletterWording.hint)
            html.p(
                "Mejlen i tabellen säger vad som har hänt och har en länk dit, men inget av det som skrevs. Standard är det som integritetspolicyn säger att vi gör när du inte själv har valt."
            )
            html.choices(
                "När vill du ha mejl?", first: "Mejl om", columns: MailChoice.columns.map(\.name),
                rows: MailKind.allCases.map { kind in
                    ChoiceRow(
                        kind.field, kind.words, hint: kind.hint,
                        options: MailChoice.columns.map { choice, name in
                            .init(choice.rawValue, name, note: choice == .unset ? standard(kind) : nil)
                        })
                }, in: form)
            html.actions { $0.submit("Spara") }
        }
        mandatory(into: &html)
    }

    /// The default of the policy in force, which applies when the member has not chosen (P-15.2).
    private func standard(_ kind: MailKind) -> String { rules.sendsUnasked(kind) ? "(ja)" : "(nej)" }

    private func mandatory(into html: inout HTMLWriter) {
        html.h2("Mejl som vi skickar ändå")
        html.p("De går inte att välja bort, för du skulle kunna gå miste om något du behöver veta.")
        html.element(.ul) { html in
            for name in rules.mandatory {
                guard let words = MandatoryMail(rawValue: name)?.words else { continue }
                html.li { html in
                    html.element(.strong, text: words.what)
                    html.text(" – \(words.why)")
                }
            }
        }
    }
}

extension MailChoice {
    /// The choices in the order of the table's columns.
    fileprivate static var columns: [(choice: MailChoice, name: String)] {
        [(.yes, "Ja, genast"), (.daily, "En gång om dagen"), (.no, "Nej"), (.unset, "Standard")]
    }
}

extension MailKind {
    fileprivate var words: String {
        switch self {
        case .privateMessage: "Privata meddelanden till dig"
        case .reply: "Svar i dina trådar"
        case .mention: "Inlägg som nämner dig"
        case .quote: "Inlägg som citerar dig"
        case .watched: "Trådar och kategorier du bevakar"
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .privateMessage: "Inget nytt mejl om samma samtal förrän du har läst det."
        case .reply, .mention, .quote, .watched: nil
        }
    }
}

/// The mandatory mails of the policy's rules, in words.
private enum MandatoryMail: String {
    case accountSecurity, policyChange, termsChange, `case`, moderationDecision, accountClosed

    var words: (what: String, why: String) {
        switch self {
        case .accountSecurity: ("Säkerhet", "nytt lösenord, ny adress eller försök att komma åt ditt konto")
        case .policyChange: ("Ny integritetspolicy", "en större ändring ska du få veta innan den gäller")
        case .termsChange: ("Nya medlemsvillkor", "av samma skäl")
        case .case: ("Dina ärenden", "svar på det du har frågat om eller begärt")
        case .moderationDecision: ("Beslut om det du har skrivit", "med skälen och hur du begär omprövning")
        case .accountClosed: ("Kontot avslutas", "hur du kommer tillbaka och när uppgifterna raderas")
        }
    }
}
