import Accounts
import Events
import HTML
import Processes
import SiteMap

/// `/aterskapa/{token}`: what is restored and until when, and the choice about the texts for a member who does not return.
struct RestoreAccountPage: HTMLPage {
    static let action: FieldName = "atgard"

    enum Action: String {
        case restore = "aterskapa"
        case texts
    }

    let token: SecretToken
    let username: String
    let plan: ClosingPlan
    var form: Form
    /// The texts to accept; nil when the accepted versions are still in force (P-01.3).
    let wording: ConsentWording?
    let choice: TextsChoiceFields
    var choiceForm: Form
    /// False when the account was closed for breach: only the choice is left to the member.
    let mayRestore: Bool
    var isSaved = false

    var title: String { mayRestore ? "Återskapa kontot \(username)" : "Kontot \(username) är stängt av oss" }
    var width: PageWidth { .narrow }

    private var page: SiteLink { .restoreAccount(token: token.description) }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        if isSaved { html.notice("Ditt val är sparat.", .success) }
        if mayRestore {
            writeRestoring(into: &html)
            html.h2("Vill du inte komma tillbaka?")
            html.p("Då behöver du inte göra något. Men du kan ändra vad som ska hända med det du har skrivit.")
        } else {
            html.p(
                "Därför kan du inte återskapa det själv. I mejlet om beslutet står varför, och hur du begär omprövning."
            )
            html.p { html in
                html.text("Till den ")
                html.exactTime(plan.purge)
                html.text(" kan du välja vad som ska hända med det du har skrivit. Sedan raderas dina uppgifter.")
            }
        }
        html.form(post: page, choiceForm) { html in
            html.hidden(RestoreAccountPage.action, Action.texts.rawValue)
            choice.write(choiceForm, into: &html)
            html.actions { $0.submit("Spara valet", .secondary) }
        }
    }

    private func writeRestoring(into html: inout HTMLWriter) {
        html.p { html in
            html.text("Du kan återskapa kontot till den ")
            html.exactTime(plan.purge)
            html.text(". Sedan raderas allt.")
        }
        html.div(class: "prose") { html in
            html.list([
                "Profilen, inläggen och dina inställningar kommer tillbaka som de var, och andra ser dem igen.",
                "Nyhetsbrevet kommer inte tillbaka. Du väljer själv om du vill ha det igen.",
                "Det som raderades när du avslutade kontot är borta: det du bevakade, uppgifterna om inloggningarna, de kända enheterna och eventuella roller.",
            ]) { $1.text($0) }
        }
        html.form(post: page, form) { html in
            html.hidden(RestoreAccountPage.action, Action.restore.rawValue)
            if let wording {
                html.p("Texterna har ändrats sedan du godkände dem. Läs dem som de är nu.")
                html.acceptance(of: wording, in: form)
            }
            html.actions { $0.submit("Återskapa kontot") }
        }
    }
}

/// Confirms that an account was restored by its owner.
struct RestoredPage: HTMLPage {
    let username: String
    /// Whether the old password was disabled because the account was compromised.
    let needsPassword: Bool

    var title: String { "Välkommen tillbaka" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Kontot \(username) är igång igen. Profilen, inläggen, meddelandena och dina inställningar är tillbaka. "
                + (needsPassword
                    ? "Lösenordet gäller inte längre, så välj ett nytt." : "Logga in med ditt gamla lösenord."),
            class: "lead")
        html.p(
            "Det här följde inte med: nyhetsbrevet, det du bevakade, uppgifterna om dina inloggningar, de kända enheterna och eventuella roller. Nyhetsbrevet väljer du till under Sajtinställningar om du vill ha det. Trådar och kategorier bevakar du igen på deras sidor."
        )
        html.actions { html in
            if needsPassword {
                html.buttonLink("Välj ett nytt lösenord", to: .forgottenPassword)
            } else {
                html.buttonLink("Logga in", to: .signIn())
                html.link("Jag har glömt lösenordet", to: .forgottenPassword, class: "link")
            }
        }
    }
}

/// Explains why a restore link does not work, and what to do instead.
struct CannotRestorePage: HTMLPage {
    enum Reason: Hashable, Sendable {
        /// No such link was mailed, or it was about another closing.
        case unknown
        case tooLate
        /// The account is in use.
        case inUse
        case closedForBreach
        case deactivated(until: Instant)
    }

    let reason: Reason

    var width: PageWidth { .narrow }

    var title: String {
        switch reason {
        case .unknown: "Länken fungerar inte"
        case .tooLate: "Kontot går inte längre att återskapa"
        case .inUse: "Kontot är redan igång"
        case .closedForBreach: "Kontot är stängt av oss"
        case .deactivated: "Kontot är avstängt"
        }
    }

    private var explanation: String {
        switch reason {
        case .unknown:
            "Den kan ha blivit avklippt i mejlet, eller så är den från en tidigare gång. Be om en ny, så kommer den till din registrerade adress."
        case .tooLate:
            "Tiden har gått ut och uppgifterna är raderade, eller ska just raderas. Du är välkommen att bli medlem igen med ett nytt konto."
        case .inUse: "Det är bara att logga in."
        case .closedForBreach:
            "Därför kan du inte återskapa det själv. I mejlet om beslutet står varför, och hur du begär omprövning."
        case .deactivated(let end):
            "Avstängningen gäller till den \(RelativeTime(end, now: end).exact). Därefter loggar du in som vanligt. I mejlet om beslutet står varför, och hur du begär omprövning."
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(explanation, class: "lead")
        html.actions { html in
            switch reason {
            case .unknown: html.buttonLink("Be om en ny länk", to: .restoreLink)
            case .tooLate: html.buttonLink("Bli medlem", to: .register)
            case .inUse: html.buttonLink("Logga in", to: .signIn())
            case .closedForBreach, .deactivated: break
            }
            html.link("Kontakta oss", to: .contact, class: "link")
        }
    }
}
