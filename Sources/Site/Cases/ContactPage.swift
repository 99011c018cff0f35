import Events
import HTML
import Messaging
import Processes
import SiteMap

/// The contact details of the site's operators, and the question form (P-18.1).
struct ContactPage: HTMLPage {
    static let topic: FieldName = "galler"
    static let right: FieldName = "rattighet"

    enum Topic: String, CaseIterable {
        case question = "fraga"
        case correction = "rattelse"
        case rights = "rattigheter"
        case number = "personnummer"

        var swedish: String {
            switch self {
            case .question: "En fråga eller något som strular"
            case .correction: "En uppgift om mig är fel"
            case .rights: "Mina rättigheter enligt dataskyddsförordningen"
            case .number: "Någon annan har använt mitt personnummer"
            }
        }

        var hint: String? {
            switch self {
            case .number: "Vi ber dig visa legitimation. Skriv inte numret här."
            case .question, .correction, .rights: nil
            }
        }

        func opens(_ right: RightKind?) -> CaseTopic {
            switch self {
            case .question: .support
            case .correction: .correction
            case .rights: right.map { .rights($0) } ?? .support
            case .number: .number
            }
        }
    }

    let siteName: String
    let controller: Controller
    /// The time within which every question is answered (P-18.2).
    let answeredWithin: Period
    /// Nil when there are too few questions to publish a figure (P-08.3).
    let figure: String?
    let isMember: Bool
    let stamp: String?
    var form: Form

    var title: String { "Kontakta oss" }
    var summary: String? { "Så når du oss som driver \(siteName)." }
    var width: PageWidth { .narrow }
    var address: SiteLink? { .contact }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Skriv till oss, så svarar vi inom \(answeredWithin.swedish), alla dagar. Det går bra på svenska och engelska.",
            class: "lead")
        if let figure { html.p(figure, class: "muted") }
        html.form(post: .contact, form) { html in
            html.spamGuard(stamp)
            html.radios(
                ContactPage.topic, "Vad gäller det?", in: form,
                options: Topic.allCases.map { ($0.rawValue, $0.swedish, $0.hint) })
            html.select(
                ContactPage.right, "Vad vill du?", in: form,
                options: RightKind.allCases.map { ($0.rawValue, $0.swedish) }, prompt: "Välj",
                hint: "Bara om det gäller dina rättigheter. Vi frågar sedan hur du visar vem du är.", optional: true)
            if !isMember {
                html.field(.name, "Ditt namn", in: form, optional: true, autocomplete: "name", maxLength: 100)
                html.field(
                    .email, "Din e-postadress", in: form, .email,
                    hint: "Dit skickar vi svaret. Är du medlem, skriv den adress du är registrerad med.",
                    autocomplete: "email", maxLength: 254)
            }
            html.field(.caseSubject, "Ämne", in: form, maxLength: 150)
            html.textarea(
                .caseText, "Meddelande", in: form, hint: "Skriv inget personnummer och inget lösenord.",
                maxLength: CaseStatement.longest)
            html.actions { $0.submit("Skicka") }
        }
        html.h2("Andra vägar")
        html.facts { html in
            html.fact("E-post") { html in
                for (index, address) in ([controller.email] + controller.inboxes).enumerated() {
                    if index > 0 { html.text(", ") }
                    html.link(address, to: ExternalLink(mailTo: address))
                }
            }
            html.fact("Adress", "\(controller.name), \(controller.address)")
            html.fact("Organisationsnummer", controller.organisationNumber)
        }
        advice(into: &html)
    }

    private func advice(into html: inout HTMLWriter) {
        html.div(class: "prose") { html in
            html.element(.ul) { html in
                html.li { $0.text("Skicka aldrig personnummer, lösenord eller länkar ur våra mejl med vanlig e-post.") }
                html.li { html in
                    html.text("Olagligt innehåll anmäler du enklast på sidan ")
                    html.link("Anmäl innehåll", to: .report())
                    html.text(". Det kräver ingen inloggning.")
                }
                html.li { html in
                    html.text("Är du medlem och inte kommer överens med en annan medlem? ")
                    html.link("Be oss hjälpa till att lösa tvisten", to: .openDispute())
                    html.text(".")
                }
                html.li { html in
                    html.text(
                        "Är du missnöjd med hur vi hanterar dina uppgifter kan du klaga hos Integritetsskyddsmyndigheten (IMY)."
                    )
                }
            }
        }
    }
}

/// Shown after a visitor's question; the link to follow it is only in the mail, because anybody can type an address.
struct ContactSentPage: HTMLPage {
    var title: String { "Tack, vi har fått ditt meddelande" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Ett kvitto är på väg till adressen du skrev. Det skickas automatiskt, och sedan svarar en människa.",
            class: "lead")
        html.p(
            "I mejlet finns en länk till ditt ärende. Kommer det inget mejl? Titta i skräpposten, och kontrollera adressen. Har adressen redan fått flera mejl från oss den senaste timmen hoppar vi över kvittot, men ditt meddelande har kommit fram."
        )
        html.actions { $0.link("Till startsidan", to: .start, class: "link") }
    }
}
