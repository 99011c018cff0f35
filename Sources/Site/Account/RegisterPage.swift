import Accounts
import Events
import HTML
import Processes
import SiteMap

/// The registration form, and what an applicant should know before filling it in.
struct RegisterPage: HTMLPage {
    let form: Form
    let siteName: String
    let controller: Controller
    let policy: CalendarDate
    let terms: CalendarDate
    let minimumAge: Int
    let passwordMinimumLength: Int

    var title: String { "Bli medlem" }
    var summary: String? { "Bli medlem i \(siteName), mötesplatsen för dig som driver ett mycket litet företag." }
    var width: PageWidth { .narrow }
    var address: SiteLink? { .register }
    var isIndexed: Bool { true }

    private var wording: ConsentWording { ConsentWording(policy: policy, terms: terms) }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Medlemskapet är gratis. Du behöver en e-postadress och ett svenskt personnummer eller samordningsnummer.",
            class: "lead")
        html.p { html in
            html.text("Är du redan medlem? ")
            html.link("Logga in", to: .signIn())
            html.text(".")
        }
        writeTerms(into: &html)
        html.form(post: .register, form) { html in
            html.h2("Dina uppgifter")
            writeFields(into: &html)
            html.h2("Dina val")
            writeChoices(into: &html)
            html.actions { $0.submit("Bli medlem") }
        }
    }

    /// Names who runs the service and who reads what is written there (BBS-lagen 1998:112, P-11.1).
    private func writeTerms(into html: inout HTMLWriter) {
        html.h2("Bra att veta först")
        html.div(class: "prose") { html in
            html.element(.ul) { html in
                html.li { html in
                    html.element(.strong, text: "Vem som driver webbplatsen. ")
                    html.text("\(siteName) drivs av \(controller.name), \(controller.address). Du når oss på ")
                    html.link(controller.email, to: ExternalLink(mailTo: controller.email))
                    html.text(".")
                }
                html.li { html in
                    html.element(.strong, text: "Det du skriver i forumet är öppet. ")
                    html.text(
                        "Alla på internet kan läsa det och se ditt användarnamn, utom i de kategorier som är märkta Endast medlemmar. Privata meddelanden ser bara de som deltar i samtalet, om ingen av dem anmäler ett."
                    )
                }
                html.li { html in
                    html.element(.strong, text: "Din kommun syns för andra medlemmar, om du anger den. ")
                    html.text(
                        "Alla som är inloggade ser den, men aldrig besökare. Anger du ingen, eller har du skyddade personuppgifter, ser andra ”Uppgift saknas”."
                    )
                }
                html.li { html in
                    html.element(.strong, text: "Resten bestämmer du. ")
                    html.text(
                        "Namn, ålder och kön visas bara om du själv slår på det. Ditt personnummer och din e-postadress visas inte för andra medlemmar."
                    )
                }
                html.li { html in
                    html.element(.strong, text: "Du måste ha fyllt \(minimumAge) år. ")
                    html.text("En person har ett konto.")
                }
            }
        }
    }

    private func writeFields(into html: inout HTMLWriter) {
        html.field(
            .email, "E-postadress", in: form, .email, hint: "Vi skickar en länk dit som du bekräftar adressen med.",
            autocomplete: "email", maxLength: 254)
        html.field(
            .name, "För- och efternamn", in: form, hint: "Visas inte för andra om du inte väljer det.",
            autocomplete: "name", maxLength: 100)
        html.field(
            .username, "Användarnamn", in: form,
            hint: "Det namn som alla ser när du skriver. Bokstäver, siffror, punkt, bindestreck och understreck.",
            autocomplete: "username", maxLength: 30, isShort: true)
        html.field(
            .personalIdentityNumber, "Personnummer", in: form, .digits,
            hint:
                "Eller samordningsnummer. Till exempel ÅÅÅÅMMDD-NNNN. Krypteras och används för att varje person ska ha ett konto.",
            maxLength: 20, isShort: true)
        html.municipalitySelect(
            .municipality, "Kommun", in: form, prompt: "Jag anger ingen",
            hint: "Där du bor. Syns för andra medlemmar när de är inloggade. Du kan ange den senare också.",
            optional: true)
        html.checkbox(
            .protectedIdentity, "Jag har skyddade personuppgifter, eller vill inte gå att hitta.", in: form,
            hint:
                "Då sparar vi ingen kommun, visar varken namn, ålder eller kön och slår inte upp något om dig, vad du än har fyllt i om det här. Du behöver inte förklara varför. Användarnamnet syns, så välj ett som inte röjer dig."
        )
        html.field(
            .password, "Lösenord", in: form, .password,
            hint:
                "Minst \(SwedishNumber.inWords(passwordMinimumLength)) tecken. Några ord som inte hör ihop är både starkt och lätt att minnas. Använd det inte någon annanstans.",
            autocomplete: "new-password", maxLength: Password.maximumLength)
    }

    private func writeChoices(into html: inout HTMLWriter) {
        html.acceptance(of: wording, in: form)
        html.checkbox(.registerLookup, wording.registerLookup, in: form, hint: wording.registerLookupHint)
        html.radios(
            .newsletter, wording.newsletter, in: form,
            options: [("yes", wording.newsletterYes, nil), ("no", wording.newsletterNo, nil)],
            hint: wording.newsletterHint)
    }
}

/// Shown after registering, also when the applicant is a member already (P-16.6).
struct RegisteredPage: HTMLPage {
    let linkLasts: Period

    var title: String { "Titta i din e-post" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Vi har skickat ett mejl till adressen du skrev. Öppna länken i mejlet för att bekräfta den.", class: "lead"
        )
        html.p("Länken gäller i \(linkLasts.swedish). Innan du har bekräftat syns inget om dig.")
        html.h2("Har du inte fått något?")
        html.div(class: "prose") { html in
            html.list([
                "Vänta några minuter och titta i skräpposten.",
                "Kontrollera att du skrev rätt adress. Skrev du fel går det bra att registrera dig igen.",
                "Vi skickar bara några få mejl i timmen till en adress. Har du redan fått flera kan du vänta och försöka igen.",
            ]) { $1.text($0) }
        }
        html.actions { html in
            html.link("Till forumet", to: .forum, class: "link")
            html.link("Registrera dig igen", to: .register, class: "link")
            html.link("Kontakta oss", to: .contact, class: "link")
        }
    }
}
