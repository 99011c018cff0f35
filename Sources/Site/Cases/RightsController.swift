import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/mina-rattigheter`: the member's legal rights, and the form for exercising them (P-17.1).
struct RightsController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.rights) { try show($1) }
        routes.post(.rights, for: .members, limit: .mail) { try await send($1) }
    }

    private func show(_ context: SiteContext) throws -> Response { context.page(try page(Form(), context)) }

    private func page(_ form: Form, _ context: SiteContext) throws -> RightsPage {
        let rules = try application.accounts.policyInForce(at: context.now).rules.deadlines
        return RightsPage(
            isMember: context.reader.isMember, answeredWithin: rules.rightsRequest, form: form)
    }

    private func send(_ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        var form = try context.form()
        let right = form.require(RightsPage.right, "Välj vad du vill.", of: RightKind.self)
        let statement = form.require(
            .caseText, "Berätta vad det gäller, med högst \(SwedishNumber.grouped(CaseStatement.longest)) tecken."
        ) { CaseStatement(text: $0) }
        guard form.isAccepted, let right, let statement else { return context.refused(try page(form, context)) }
        let command = try context.command()
        guard try context.spend(.matter, for: command, in: application, noting: &form, at: .caseText) else {
            return context.refused(try page(form, context), form)
        }
        let id = try await application.messaging.open(
            OpenCase(.rights(right), by: member, statement), by: .member(member), command: command)
        return .redirect(to: .ownCase(id, after: .sent))
    }
}

/// `/mina-rattigheter`
struct RightsPage: HTMLPage {
    static let right: FieldName = "rattighet"

    let isMember: Bool
    let answeredWithin: Period
    var form: Form

    var title: String { "Mina rättigheter" }
    var summary: String? { "Vad du kan begära av oss, och hur." }
    var width: PageWidth { .narrow }
    var address: SiteLink? { .rights }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Dina uppgifter är dina. Du har rätt att få veta vad vi har om dig, få fel rättade, få uppgifter raderade, få användningen begränsad, invända mot den och ta med dig det du har lämnat. Det gäller även dig som har avslutat ditt konto.",
            class: "lead")
        if isMember { writeShortWays(into: &html) }
        html.h2(isMember ? "Begär något av oss" : "Så gör du")
        html.p(
            "Du får svar inom \(answeredWithin.swedish). Är ärendet ovanligt krångligt kan det ta längre tid, och då säger vi till och berättar varför."
        )
        if isMember { writeForm(into: &html) } else { writeForVisitors(into: &html) }
        html.h2("Är du inte nöjd?")
        html.p { html in
            html.text(
                "Då kan du klaga hos Integritetsskyddsmyndigheten (IMY). Vad vi lovar, och varför vi har de uppgifter vi har, står i "
            )
            html.link("integritetspolicyn", to: .privacyPolicy())
            html.text(".")
        }
    }

    private func writeShortWays(into html: inout HTMLWriter) {
        html.h2("Det du kan göra själv, genast")
        html.facts { html in
            html.fact("Få veta vad vi har, och ta med det") {
                $0.link("Ladda ner ditt registerutdrag", to: .accessReport)
            }
            html.fact("Rätta") { html in
                html.link("Ändra under Inställningar", to: .settings)
                html.text(" eller ")
                html.link("begär rättelse", to: .requestCorrection())
            }
            html.fact("Radera allt") { $0.link("Avsluta kontot", to: .closeAccount) }
        }
    }

    private func writeForm(into html: inout HTMLWriter) {
        html.form(post: .rights, form) { html in
            html.radios(
                RightsPage.right, "Vad vill du?", in: form,
                options: RightKind.allCases.map { ($0.rawValue, $0.swedish, $0.hint) })
            html.textarea(
                .caseText, "Vad gäller det?", in: form,
                hint: "Du är inloggad, så vi vet att det är du. Skriv inget personnummer.",
                maxLength: CaseStatement.longest, rows: 5)
            html.actions { html in
                html.submit("Skicka begäran")
                html.link("Mina ärenden", to: .ownCases, class: "link")
            }
        }
    }

    private func writeForVisitors(into html: inout HTMLWriter) {
        html.p { html in
            html.text("Är du medlem? ")
            html.link("Logga in", to: .signIn(returningTo: ReturnPath(SiteLink.rights.url)))
            html.text(", så slipper du visa vem du är.")
        }
        html.p(
            "Har du avslutat kontot, eller kommer du inte in? Skriv till oss från den e-postadress du är registrerad med, med ditt namn och ditt användarnamn. Vi behöver också kontrollera ditt personnummer, men skriv det inte: vi frågar på ett säkert sätt. Svaret går alltid till din registrerade adress, aldrig till någon annan."
        )
        html.actions { $0.buttonLink("Skriv till oss", to: .contact) }
    }
}

extension RightKind {
    fileprivate var hint: String? {
        switch self {
        case .access, .portability: "Det mesta laddar du ner själv, ovan."
        case .rectification: nil
        case .restriction: "Uppgifterna finns kvar men används inte medan något reds ut."
        case .objection: "När vi stöder oss på vårt berättigade intresse."
        case .erasure: "Till exempel något som andra har skrivit om dig."
        }
    }
}
