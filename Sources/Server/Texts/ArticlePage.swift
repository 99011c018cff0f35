import Events

/// A text of the site's own that stands by itself: about, cookies, accessibility.
struct ArticlePage: HTMLPage {
    let article: Article
    let summaryText: String

    var title: String { article.title }
    var summary: String? { summaryText }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.article(article)
    }
}

/// How to reach whoever runs the site (P-18.1).
struct ContactPage: HTMLPage {
    let siteName: String
    let controller: Controller
    /// So soon every question is answered (P-18.2).
    let answeredWithin: Period

    var title: String { "Kontakta oss" }
    var summary: String? { "Så når du oss som driver \(siteName)." }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Skriv till oss, så svarar vi inom \(answeredWithin.swedish). Det går bra på svenska och engelska.",
            class: "lead")
        html.facts { html in
            html.fact("E-post") { $0.link(controller.email, to: ExternalLink(mailTo: controller.email)) }
            html.fact("Adress", "\(controller.name), \(controller.address)")
            html.fact("Organisationsnummer", controller.organisationNumber)
        }
        html.h2("Innan du skriver")
        html.div(class: "prose") { html in
            html.element(.ul) { html in
                html.li { html in
                    html.text("Skicka aldrig personnummer, lösenord eller länkar ur våra mejl med vanlig e-post.")
                }
                html.li { html in
                    html.text("Gäller det ditt konto, skriv från den adress du är registrerad med.")
                }
                html.li { html in
                    html.text("Olagligt innehåll anmäler du enklast på sidan ")
                    html.link("Anmäl innehåll", to: .report())
                    html.text(". Det kräver ingen inloggning.")
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
