import Accounts
import Events
import HTML
import Processes
import SiteMap

/// `/avsluta-konto`: what happens when an account is closed, at what time, and what becomes of the member's texts (P-16.1).
struct CloseAccountPage: HTMLPage {
    var form: Form
    let plan: ClosingPlan
    let choice: TextsChoiceFields
    let email: String
    let roles: Set<Role>
    let matters: [OpenMatter]

    var title: String { "Avsluta konto" }
    var width: PageWidth { .narrow }

    static var blank: Form { TextsChoiceFields.form(.anonymise) }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Du kan sluta när du vill. Inget händer förrän du har tryckt på knappen längst ned.", class: "lead")
        facts(into: &html)
        html.p { html in
            html.text("Vill du ta med dig dina uppgifter? Gör det först, under ")
            html.link("Mina rättigheter", to: .rights)
            html.text(".")
        }
        cautions(into: &html)
        html.form(post: .closeAccount, form) { html in
            choice.write(form, into: &html)
            html.field(
                .password, "Ditt lösenord", in: form, .password,
                hint: "Så att ingen annan kan avsluta ditt konto.", autocomplete: "current-password",
                maxLength: Password.maximumLength)
            html.actions { html in
                html.submit("Avsluta mitt konto", .danger)
                html.link("Avbryt", to: .start, class: "link")
            }
        }
    }

    private func facts(into html: inout HTMLWriter) {
        html.h2("Det här händer")
        html.facts { html in
            html.fact("Genast") { html in
                html.text(
                    "Andra slutar se dina uppgifter. I inlägg, citat och sökträffar står det ”Tidigare medlem”. Du loggas ut överallt."
                )
            }
            html.fact("Raderas genast") { html in
                html.text(
                    "Det som varken behövs för att återskapa kontot eller för att kontrollera nya registreringar: kopplingen till besöksloggen, prenumerationen på nyhetsbrevet, det du bevakar, uppgifterna om dina inloggningar och dina kända enheter."
                )
            }
            html.fact("Till den \(SwedishDate.long(plan.purge.stockholmDate))") { html in
                html.text("Du kan ångra dig. Vi mejlar en länk till ")
                html.element(.strong, text: email)
                html.text(", och med den återskapar du kontot fram till klockan ")
                html.text(StockholmClock(plan.purge).time)
                html.text(" den dagen. Så länge är dina uppgifter dolda för alla utom administrationen.")
            }
            html.fact("Den \(SwedishDate.long(plan.purge.stockholmDate))") { html in
                html.text(
                    "Alla dina uppgifter raderas och ingen kan öppna dem mer, inte heller vi. Undantagen är det som står i ett ärende med en egen tid, det du väljer att låta stå kvar utan namn och det som lagen kräver att vi sparar."
                )
            }
            html.fact("Senast den \(SwedishDate.long(plan.lastBackup.stockholmDate))") { html in
                html.text("De sista säkerhetskopiorna av dina nycklar går ut. Sedan finns det inget sätt att läsa dem.")
            }
        }
    }

    private func cautions(into html: inout HTMLWriter) {
        if !roles.subtracting([.member]).isEmpty {
            html.notice(
                "Du är \(RoleWords.list(roles)). Den rollen försvinner, och den följer inte med om du återskapar kontot.",
                .warning)
        }
        guard !matters.isEmpty else { return }
        html.notice(.warning) { html in
            html.p(
                matters.count == 1
                    ? "Du har ett öppet ärende. Det fortsätter tills det är klart, och svaret kommer till din e-post."
                    : "Du har \(SwedishNumber.inWords(matters.count)) öppna ärenden. De fortsätter tills de är klara, och svaren kommer till din e-post."
            )
            html.list(matters) { matter, html in html.link(matter.title, to: matter.page) }
        }
    }
}

/// Refuses to close the account of the last administrator (P-16.1).
struct LastAdministratorPage: HTMLPage {
    var title: String { "Utse en annan administratör först" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Du är den enda administratören, och någon måste kunna sköta webbplatsen. Ge rollen till en annan medlem, så kan du avsluta ditt konto sedan.",
            class: "lead")
        html.actions { html in
            html.buttonLink("Välj en medlem", to: .staffMembers())
            html.link("Administration", to: .administration, class: "link")
        }
    }
}

/// Confirms that the account is closed.
struct GoodbyePage: HTMLPage {
    let plan: ClosingPlan
    let email: String
    let receipt: (page: SiteLink, address: String)?

    var title: String { "Ditt konto är avslutat" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Tack för den här tiden! Du är utloggad överallt och andra ser inte längre dina uppgifter.", class: "lead")
        html.h2("Om du ångrar dig")
        html.p { html in
            html.text("Vi har skickat ett mejl till ")
            html.element(.strong, text: email)
            html.text(" med en länk. Med den återskapar du kontot, till den ")
            html.exactTime(plan.purge)
            html.text(". Med samma länk kan du ändra vad som ska hända med det du har skrivit.")
        }
        html.h2("När dina uppgifter är raderade")
        html.p { html in
            html.text("De raderas den ")
            html.date(plan.purge.stockholmDate)
            html.text(
                ". När det är klart visas ett kvitto på en sida som bara du har adressen till. Spara den gärna nu.")
        }
        if let receipt {
            html.p { html in html.link(receipt.address, to: receipt.page, class: "hash") }
            html.p("Adressen står också i mejlet. Fram till dess finns inget på sidan.", class: "muted")
        }
        html.actions { $0.link("Till startsidan", to: .start, class: "link") }
    }
}
